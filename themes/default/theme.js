// Conveniences only: every page says and shows everything without this script. The build writes before it
// which language the pages are in and which ones a reader can choose.
(function (hexapla) {
  'use strict';
  var root = document.documentElement;
  var here = new URLSearchParams(location.search);
  var folder = document.currentScript.src.replace(/[^/]*$/, '');
  var all = function (choice, within) { return Array.prototype.slice.call((within || document).querySelectorAll(choice)); };
  var make = function (name, text) { var it = document.createElement(name); if (text) it.textContent = text; return it; };
  var store = function (value) {
    try { if (value) localStorage.setItem('hexapla.ui', value); return localStorage.getItem('hexapla.ui'); } catch (e) { return null; }
  };
  // The state of a view stands in its address, so that the view can be cited and sent on.
  var write = function (name, value) {
    if (value) here.set(name, value); else here.delete(name);
    var query = here.toString();
    try { history.replaceState(null, '', (query ? '?' + query : location.pathname) + location.hash); } catch (e) { /* the address stays as it is */ }
  };

  // The words of the interface. What stands in `data-i` is said again in the language that is chosen.
  var learnt = {}, waiting = {}, speaks = hexapla.lang;
  hexapla.learn = function (words) {
    learnt[words.lang] = words;
    (waiting[words.lang] || []).forEach(function (then) { then(words); });
    delete waiting[words.lang];
  };
  var fetchWords = function (lang, then) {
    if (learnt[lang]) return then(learnt[lang]);
    if (waiting[lang]) return waiting[lang].push(then);
    waiting[lang] = [then];
    var script = make('script');
    script.src = folder + 'ui/' + lang.toLowerCase() + '.js';
    document.head.appendChild(script);
  };
  var grouped = function (number) { return number.length < 5 ? number : number.replace(/\B(?=(\d{3})+$)/g, '\u202f'); };
  var fill = function (text, values) {
    return text.replace(/\{(\w+)\}/g, function (whole, name) {
      if (!(name in values)) return whole;
      return name === 'n' ? grouped(String(values.n)) : values[name];
    });
  };
  // A message with its values; the words of the language must have been fetched.
  hexapla.say = function (id, values) {
    var words = learnt[speaks], text = words && words.words[id];
    if (text === undefined) return id;
    if (typeof text === 'object') {
      var lang = words.english.indexOf(id) < 0 ? speaks : 'en';
      text = text[new Intl.PluralRules(lang).select(Number(values && values.n || 0))] || text.other;
    }
    return fill(text, values || {});
  };
  // A date in EDTF level 1.
  hexapla.date = function (date) {
    return date.split('/').map(function (end) {
      if (end === '' || end === '..') return '…';
      var f = end.replace(/[?~%]$/, '').split('-'), month = Number(f[1]), words = learnt[speaks].words;
      var name = !f[2] && words['month.' + month + '.alone'] || words['month.' + month];
      var plain = f[2] ? hexapla.say('date.day', { d: Number(f[2]), m: name, y: f[0] })
        : f[1] ? hexapla.say('date.month', { m: name, y: f[0] }) : f[0];
      var mark = end.slice(-1);
      return mark === '?' ? hexapla.say('date.uncertain', { date: plain })
        : mark === '~' || mark === '%' ? hexapla.say('date.about', { date: plain }) : plain;
    }).join(' – ');
  };
  // Fetches the words of the language that is spoken, then goes on; again whenever another is chosen.
  hexapla.spoken = function (then) {
    document.addEventListener('hexapla', then);
    fetchWords(speaks, function () { then(); });
  };
  var speak = function (words) {
    speaks = words.lang;
    root.lang = words.lang;
    root.dir = words.dir;
    all('[data-i]').forEach(function (it) {
      it.textContent = hexapla.say(it.dataset.i, it.dataset);
      if (words.english.indexOf(it.dataset.i) < 0) { it.removeAttribute('lang'); it.removeAttribute('dir'); } else { it.lang = 'en'; it.dir = 'ltr'; }
    });
    all('[data-l]').forEach(function (it) {
      var pair = it.dataset.l.split(' ');
      it.setAttribute(pair[0], hexapla.say(pair[1], it.dataset));
    });
    all('[data-d], time[datetime]').forEach(function (it) { it.textContent = hexapla.date(it.dataset.d || it.getAttribute('datetime')); });
    all('a[href]').forEach(function (it) {
      var href = it.getAttribute('href'), parts = href.split('#'), path = parts[0].split('?');
      if (!/\.html$/.test(path[0]) || /^[a-z]+:/i.test(href)) return;
      var query = new URLSearchParams(path[1] || '');
      if (speaks === hexapla.lang) query.delete('ui'); else query.set('ui', speaks);
      it.setAttribute('href', path[0] + (query.toString() ? '?' + query : '') + (parts.length > 1 ? '#' + parts[1] : ''));
    });
    all('form[action]').forEach(function (form) {
      var field = form.elements.ui || form.appendChild(make('input'));
      field.type = 'hidden'; field.name = 'ui'; field.value = speaks;
    });
    var heading = document.querySelector('h1[data-i]'), name = document.querySelector('.name');
    if (heading) document.title = heading.textContent + (name ? ' · ' + name.textContent : '');
    document.dispatchEvent(new CustomEvent('hexapla'));
  };
  var chosen = here.get('ui') || store();
  var known = hexapla.langs.some(function (it) { return it[0] === chosen; });
  if (known && chosen !== hexapla.lang) fetchWords(chosen, speak);
  var mast = document.querySelector('.mast');
  if (mast && hexapla.langs.length > 1) {
    var select = make('select');
    select.className = 'tongue';
    select.setAttribute('aria-label', hexapla.tongue);
    select.dataset.l = 'aria-label tongue';
    mast.appendChild(select);
    hexapla.langs.forEach(function (it) {
      var option = make('option', it[1]);
      option.value = option.lang = it[0];
      option.selected = it[0] === (known ? chosen : hexapla.lang);
      select.appendChild(option);
    });
    select.addEventListener('change', function () {
      store(select.value);
      write('ui', select.value === hexapla.lang ? '' : select.value);
      fetchWords(select.value, speak);
    });
  }

  // The chosen columns and the layout.
  var boxes = all('.choose input[type=checkbox]'), radios = all('.choose input[type=radio]');
  if (boxes.length) {
    if (here.has('v')) {
      var wanted = here.get('v').split('.');
      boxes.forEach(function (box) { box.checked = wanted.indexOf(box.id.slice(1)) >= 0; });
    }
    if (here.get('layout') === 'interleaved') document.getElementById('interleaved').checked = true;
    boxes.concat(radios).forEach(function (input) {
      input.addEventListener('change', function () {
        write('v', boxes.filter(function (box) { return box.checked; }).map(function (box) { return box.id.slice(1); }).join('.'));
        write('layout', document.getElementById('interleaved').checked ? 'interleaved' : '');
      });
    });
  }

  // A citation can be copied with one press.
  var cite = document.getElementById('cite'), copy = document.querySelector('.copy');
  if (cite && copy && navigator.clipboard) {
    copy.hidden = false;
    var button = copy.firstElementChild;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(cite.textContent.trim()).then(function () { button.textContent = button.dataset.done; });
    });
  }
  root.classList.add('js');
})(window.hexapla);
