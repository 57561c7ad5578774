// Conveniences only: every page says and shows everything without this script.
(function () {
  'use strict';
  var root = document.documentElement;

  // The chosen columns and the layout stand in the address, so that a view can be cited and sent on.
  var boxes = Array.prototype.slice.call(document.querySelectorAll('.choose input[type=checkbox]'));
  var radios = Array.prototype.slice.call(document.querySelectorAll('.choose input[type=radio]'));
  if (boxes.length) {
    var query = new URLSearchParams(location.search);
    if (query.has('v')) {
      var wanted = query.get('v').split('.');
      boxes.forEach(function (box) { box.checked = wanted.indexOf(box.id.slice(1)) >= 0; });
    }
    if (query.get('layout') === 'interleaved') document.getElementById('interleaved').checked = true;
    var keep = function () {
      var shown = boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.id.slice(1); });
      var state = '?v=' + shown.join('.');
      if (document.getElementById('interleaved').checked) state += '&layout=interleaved';
      try { history.replaceState(null, '', state + location.hash); } catch (e) { /* the address stays as it is */ }
    };
    boxes.concat(radios).forEach(function (input) { input.addEventListener('change', keep); });
  }

  // A citation can be copied with one press.
  var cite = document.getElementById('cite');
  if (cite && navigator.clipboard) {
    var words = (cite.getAttribute('data-words') || 'Copy|Copied').split('|');
    var button = document.createElement('button');
    button.type = 'button';
    button.textContent = words[0];
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(cite.textContent.trim()).then(function () { button.textContent = words[1]; });
    });
    cite.parentNode.appendChild(button);
  }
  root.classList.add('js');
})();
