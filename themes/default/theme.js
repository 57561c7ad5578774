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

  // The words of the interface. What stands in `data-i` is said again in the language that is chosen: a message is
  // named by its place among all, and the script of every language has them in one order.
  var learnt = {}, waiting = {}, speaks = hexapla.lang;
  hexapla.learn = function (words) {
    learnt[words.lang] = words;
    words.names = Object.keys(words.words);
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
    var named = function (it) { return words.names[it] || it; };
    speaks = words.lang;
    root.lang = words.lang;
    root.dir = words.dir;
    all('[data-i]').forEach(function (it) {
      var id = named(it.dataset.i);
      it.textContent = hexapla.say(id, it.dataset);
      if (words.english.indexOf(id) < 0) { it.removeAttribute('lang'); it.removeAttribute('dir'); } else { it.lang = 'en'; it.dir = 'ltr'; }
    });
    all('[data-l]').forEach(function (it) {
      var pair = it.dataset.l.split(' ');
      it.setAttribute(pair[0], hexapla.say(named(pair[1]), it.dataset));
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

  // The chosen columns, their places, the layout and the order of the rows.
  var boxes = all('.choose input[type=checkbox]'), places = all('.order select'), interleaved = document.getElementById('interleaved');
  var number = function (it) { return it.id.slice(1); };
  var show = function (wanted) {
    boxes.forEach(function (box) { box.checked = wanted.indexOf(number(box)) >= 0; });
    var sorted = wanted.slice().sort(function (a, b) { return a - b; }).join() === wanted.join();
    places.forEach(function (it) {
      var at = wanted.indexOf(number(it)) + 1;
      it.selectedIndex = sorted || at >= it.options.length ? 0 : at;
    });
  };
  var shown = function () {
    var place = function (box) {
      var select = document.getElementById('o' + number(box));
      return (select && select.selectedIndex || 99) * 1000 + Number(number(box));
    };
    return boxes.filter(function (box) { return box.checked; }).sort(function (a, b) { return place(a) - place(b); }).map(number);
  };
  if (boxes.length) {
    if (here.has('v')) show(here.get('v').split('.'));
    if (here.get('layout') === 'interleaved') interleaved.checked = true;
    // A link that leads to what a version says shows the version.
    var showToo = function (version) {
      var box = document.getElementById('v' + version);
      if (box) box.checked = true;
      here.delete('with');
      write('v', shown().join('.'));
    };
    if (here.has('with')) showToo(here.get('with'));
    all('.strips tr').forEach(function (row, at) {
      row.addEventListener('click', function (event) { if (event.target.closest('li a')) showToo(at + 1); });
    });
    all('.choose input, .order select').forEach(function (input) {
      input.addEventListener('change', function () {
        write('v', shown().join('.'));
        write('layout', interleaved.checked ? 'interleaved' : '');
      });
    });
    // A reader who chooses a language is shown the version in it, unless columns were chosen.
    document.addEventListener('hexapla', function () {
      if (here.has('v')) return;
      var label = document.querySelector('.choose fieldset [lang|="' + speaks + '"]');
      var box = label && label.closest('label').querySelector('input');
      if (!box || box.checked) return;
      var lead = boxes.filter(function (it) { return it.defaultChecked; })[0];
      show([lead, box].map(number).sort(function (a, b) { return a - b; }));
    });
  }
  var own = document.querySelector('.own');
  if (own) {
    var rows = all('.rows > .row[id]'), parent = rows.length && rows[0].parentNode;
    own.hidden = !rows.length;
    own.querySelector('select').addEventListener('change', function (event) {
      var order = event.target.value ? event.target.value.split(' ') : [];
      var rank = function (row) { var at = order.indexOf(row.id.slice(1)); return at < 0 ? order.length : at; };
      rows.slice().sort(function (a, b) { return rank(a) - rank(b) || rows.indexOf(a) - rows.indexOf(b); })
        .forEach(function (row) { parent.appendChild(row); });
    });
  }

  // Sentences that say the same light up together: on hover without this script, and here on a tap, and by
  // the arrow keys from the number of a row.
  all('.row').forEach(function (row) {
    var lines = all('[class^=l]', row).filter(function (it) { return /^l\d+$/.test(it.className); });
    if (!lines.length) return;
    lines.forEach(function (it) { it.tabIndex = -1; });
    row.addEventListener('keydown', function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
      var visible = lines.filter(function (it) { return it.offsetParent; });
      var next = visible[visible.indexOf(document.activeElement) + step];
      if (next) { next.focus(); event.preventDefault(); } else if (step < 0) row.querySelector('.num').focus();
    });
  });

  // What is copied carries where it is from.
  var writeClip = function (text, button) {
    navigator.clipboard.writeText(text).then(function () {
      fetchWords(speaks, function () {
        button.textContent = hexapla.say('doc.cite.copied');
        setTimeout(function () { button.textContent = hexapla.say(button.dataset.i); }, 2000);
      });
    });
  };
  var cite = document.getElementById('cite');
  if (cite && navigator.clipboard) {
    var knob = function (text, id) {
      var it = make('button', text);
      it.type = 'button';
      it.dataset.i = id;
      it.setAttribute('aria-live', 'polite');
      return it;
    };
    var copy = make('p'), button = knob(hexapla.copy, 'doc.cite.copy'), clip = knob(hexapla.clip, 'doc.copy');
    var source = function () { return cite.textContent.replace(/\s+/g, ' ').trim(); };
    copy.className = 'copy';
    copy.appendChild(button);
    cite.parentNode.appendChild(copy);
    button.addEventListener('click', function () { writeClip(source(), button); });
    // A passage, or what is selected in it, with its number and the citation.
    clip.addEventListener('click', function () {
      var passage = clip.closest('[id]'), selected = String(getSelection()).trim();
      var words = passage.cloneNode(true);
      all('.n, .clip', words).forEach(function (it) { it.remove(); });
      writeClip('“' + (selected || words.textContent.trim()) + '” ¶' + passage.id.slice(1) + '. ' + source(), clip);
    });
    clip.className = 'clip';
    var offer = function (event) {
      var passage = event.target.closest && event.target.closest('.body [id^=p]');
      if (passage && clip.parentNode !== passage) passage.appendChild(clip);
    };
    document.addEventListener('focusin', offer);
    document.addEventListener('mouseover', offer);
  }
  root.classList.add('js');
})(window.hexapla);
