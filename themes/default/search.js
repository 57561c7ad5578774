(function () {
  // The page of the search: takes the question, shows what search-index.js finds, and keeps the question
  // in the address, so that it can be cited and sent on.
  'use strict';
  var root = document.getElementById('search');
  if (!root) return;
  var hexapla = window.hexapla, words = JSON.parse(root.dataset.words);
  var plural = new Intl.PluralRules(hexapla.lang || document.documentElement.lang);
  // How many statements are shown at a time, and how many documents are looked up first; how much of a
  // passage, and how much of it before the hit.
  var PAGE = 10, FIRST = 2, EXCERPT = 420, BEFORE = 140;
  function get(id) { return document.getElementById(id); }

  // Whether the theme lets readers choose a language, and one has been chosen that the page was not set in.
  function translated() { return hexapla.say && document.documentElement.lang !== hexapla.lang; }
  function say(id, values) {
    if (translated()) return hexapla.say('hits.' + id, values);
    var text = words['hits.' + id];
    if (text === undefined) return id;
    if (typeof text !== 'string') text = text[plural.select(values.n)] || text.other;
    return text.replace(/\{(\w+)\}/g, function (all, name) {
      return values && values[name] !== undefined ? String(values[name]) : all;
    });
  }
  function make(name, properties, children) {
    var element = document.createElement(name);
    Object.keys(properties || {}).forEach(function (key) {
      if (properties[key] !== undefined && properties[key] !== '') element.setAttribute(key, properties[key]);
    });
    (children || []).forEach(function (child) { if (child) element.append(child); });
    return element;
  }

  // ---- The question and the address

  var ask = get('ask'), exact = get('exact'), beside = get('beside'), from = get('from'), to = get('to'), outlet = get('outlet');
  var asked = new URLSearchParams(location.search), index, run = 0;
  ask.value = asked.get('q') || '';
  exact.checked = asked.get('exact') === '1';
  from.value = asked.get('from') || '';
  to.value = asked.get('to') || '';
  get('limits').open = ['lang', 'from', 'to', 'outlet'].some(function (it) { return asked.get(it); });

  function chosen() {
    return Array.from(document.querySelectorAll('#tongues input:checked'), function (it) { return it.value; });
  }
  function keep() {
    var state = new URLSearchParams();
    function set(name, value) { if (value) state.set(name, value); }
    set('q', ask.value.trim());
    set('lang', chosen().join(','));
    set('from', from.value.trim());
    set('to', to.value.trim());
    set('outlet', outlet.value);
    set('exact', exact.checked ? '1' : '');
    set('beside', beside.dataset.chosen ? beside.value : '');
    set('ui', new URLSearchParams(location.search).get('ui'));
    var text = state.toString();
    try { history.replaceState(null, '', text ? '?' + text : location.pathname); } catch (e) { /* the address stays as it is */ }
  }

  function ready(opened) {
    index = opened;
    var tags = (asked.get('lang') || '').split(',');
    opened.languages.forEach(function (it) {
      var box = make('input', { type: 'checkbox', value: it.tag });
      box.checked = tags.indexOf(it.tag) >= 0;
      get('tongues').append(make('label', {}, [box, ' ', nameOf(it.tag), ' ', make('small', { 'data-n': it.tag })]));
      beside.append(make('option', { value: it.tag, lang: it.tag }, [it.name]));
    });
    var wished = asked.get('beside'), own = [document.documentElement.lang].concat(navigator.languages || []);
    if (wished) beside.dataset.chosen = '1';
    beside.value = wished || own.map(match).find(Boolean) || '-';
    if (!beside.value) beside.value = '-';
    root.querySelector('.wishes').hidden = false;
    return asked.get('outlet') ? outlets(asked.get('outlet')) : undefined;
  }
  // The language of the archive that a tag means: the same, or one with the same beginning.
  function match(tag) {
    var all = index.languages.map(function (it) { return it.tag; });
    var base = tag.split('-')[0];
    return all.find(function (it) { return it === tag; }) || all.find(function (it) { return it.split('-')[0] === base; });
  }
  function language(tag) { return index.languages.find(function (it) { return it.tag === tag; }) || { tag: tag, name: tag }; }
  function direction(tag) { return language(tag).rtl ? 'rtl' : 'ltr'; }
  function nameOf(tag) { return make('span', { lang: tag, dir: direction(tag) }, [language(tag).name]); }

  var listed;
  function outlets(value) {
    if (!listed) listed = hexapla.load('outlets').then(function (all) {
      all.forEach(function (it) { outlet.append(make('option', { value: it[0] }, [it[1] + ' (' + it[2] + ')'])); });
    });
    return listed.then(function () { if (value) outlet.value = value; });
  }

  // ---- Asking

  var told = get('told'), hits = get('hits'), more = get('more'), found, timer;
  function failed(error) {
    told.textContent = say('missing', { file: error.message });
    told.className = 'missing';
    hits.removeAttribute('aria-busy');
  }
  function search() {
    var mine = ++run, question = ask.value.trim();
    clearTimeout(timer);
    keep();
    told.className = '';
    if (!index || !question) { clear(); told.textContent = ''; return Promise.resolve(); }
    told.textContent = say('busy');
    var limits = { exact: exact.checked, languages: chosen(), from: from.value, to: to.value, outlet: outlet.value };
    return hexapla.ask(question, limits).then(function (got) {
      if (mine !== run) return undefined;
      clear();
      found = { result: got, next: 0, groups: new Map(), run: mine };
      report(got);
      return show();
    }).catch(function (error) { if (mine === run) failed(error); });
  }
  function clear() {
    hits.textContent = '';
    hits.removeAttribute('aria-busy');
    get('also').textContent = '';
    more.hidden = true;
  }
  function report(got) {
    document.querySelectorAll('#tongues [data-n]').forEach(function (it) { it.textContent = got.byLanguage[it.dataset.n] || ''; });
    told.textContent = got.total ? say('found', { n: got.total }) : say('none');
    if (!got.total) help(got);
    also(got);
  }
  // What may help where nothing was found.
  function help(got) {
    var list = [];
    got.clauses.forEach(function (it) {
      if (!it.count && !it.not) list.push(say('none.word', { word: it.words ? it.words.map(function (own) { return own.text; }).join(' ') : it.word ? it.text : it.phrase.map(function (term) { return term.t; }).join(' ') }));
    });
    if (got.anywhere) list.push(say('none.limits', { n: got.anywhere }));
    list.push(say('none.hint'));
    get('also').append(make('ul', { class: 'note' }, list.map(function (it) { return make('li', {}, [it]); })));
  }
  // What was looked up beside the words of the question: always shown, and switched off with one press.
  function also(got) {
    var terms = [];
    got.clauses.forEach(function (clause) {
      (clause.words || [clause]).forEach(function (own) { (own.terms || []).forEach(function (it) {
        if (it.how === 'form') terms.push(make('bdi', {}, [it.term]));
      }); });
      (clause.found || []).forEach(function (it) {
        terms.unshift(make('span', {}, [make('bdi', { lang: it.lang }, [it.written]), ' (', nameOf(it.lang), ')']));
      });
      if (clause.cut && clause.prefix) get('also').append(make('p', { class: 'note' }, [say('cut', { word: clause.word })]));
    });
    if (!terms.length && !exact.checked) return;
    var line = make('p', { class: 'note' });
    if (terms.length) {
      line.append(say('also'), ' ');
      terms.slice(0, 40).forEach(function (it, at) { line.append(at ? ', ' : '', it); });
      line.append(' ');
    }
    var button = make('button', { type: 'button', class: 'plain' }, [say(exact.checked ? 'also.on' : 'also.off')]);
    button.addEventListener('click', function () { exact.checked = !exact.checked; search(); });
    line.append(button);
    get('also').append(line);
  }

  // ---- Showing

  // Shows the next statements that were found; each once, with those of its versions that were found. The
  // first of them are looked up before the others, so that something is there to read soon.
  function show() {
    var mine = found, best = mine.result.best, wanted = mine.groups.size + PAGE;
    function wanting() { return mine.run === run && mine.groups.size < wanted && mine.next < best.length; }
    function lay(size, then) {
      return Promise.all(best.slice(mine.next, mine.next += size).map(placed)).then(function (places) {
        var groups = gather(mine, places);
        if (wanting()) best.slice(mine.next, mine.next + then).forEach(placed);
        return groups.reduce(function (before, it) {
          return before.then(function () { return hexapla.texts(it.place.file); }).then(function (groups) {
            if (mine.run === run) put(it, statement(groups[it.place.group], it.members));
          });
        }, Promise.resolve());
      }).then(function () { return wanting() ? lay(then, PAGE) : undefined; });
    }
    hits.setAttribute('aria-busy', 'true');
    return lay(FIRST, PAGE - FIRST).then(function () {
      if (mine.run !== run) return;
      hits.removeAttribute('aria-busy');
      more.hidden = mine.next >= best.length;
    });
  }
  // The place of a document, whose text is then on its way.
  function placed(number) {
    return hexapla.place(index, number).then(function (place) {
      hexapla.texts(place.file).catch(function () { /* told of where it is shown */ });
      return place;
    });
  }
  // The statements that have versions at some places.
  function gather(mine, places) {
    return Array.from(new Set(places.map(function (place) {
      var key = place.file + ':' + place.group, group = mine.groups.get(key);
      if (!group) mine.groups.set(key, group = { place: place, members: [] });
      group.members.push(place.member);
      return group;
    })));
  }
  function put(group, card) {
    if (!card) return;
    if (group.card) group.card.replaceWith(card); else hits.append(card);
    group.card = card;
  }

  // A statement with the passages of its versions that were found.
  function statement(group, members) {
    var seen = members.map(function (member) { return passage(group, member); }).filter(Boolean);
    if (!seen.length) return null;
    var item = make('li', {}, seen.slice(0, 3).map(function (it, at) { return version(group, it, at === 0); }));
    var others = group.v.filter(function (_, at) { return !seen.slice(0, 3).some(function (it) { return it.member === at; }); });
    var under = make('p', { class: 'under' });
    if (group.h) under.append(make('a', { href: group.h + '?with=' + (seen[0].member + 1) + unitOf(group, seen[0]) }, [say('together')]));
    others.forEach(function (it, at) {
      under.append(make('span', {}, [at === 0 && say('versions') + ': ', make('a', { href: it.h, hreflang: it.l }, [nameOf(it.l)])]));
    });
    if (under.hasChildNodes()) item.append(under);
    return item;
  }
  function version(group, it, first) {
    var text = group.v[it.member], title = it.passage === 0 ? it.marks : [];
    return make('div', { class: 'hit' }, [
      make('p', { class: 'over' }, [text.d && make('span', { 'data-d': text.e }, [translated() ? hexapla.date(text.e) : text.d]), make('span', {}, [nameOf(text.l)]), text.o && make('span', {}, [make('bdi', {}, [text.o])])]),
      make('h3', { lang: text.l, dir: direction(text.l) }, [make('a', { href: text.h + (it.passage ? '#p' + it.passage : '') }, marked(text.p[0], title, 0, text.p[0].length))]),
      excerpt(text, it),
      first && aligned(group, it)
    ]);
  }
  // The passage with the hit, or what is around the hit where the passage is long.
  function excerpt(text, it) {
    var passage = text.p[it.passage || 1];
    if (!passage) return null;
    var marks = it.passage ? it.marks : [], first = marks.length ? marks[0][0] : 0;
    var begin = passage.length > EXCERPT ? Math.max(0, first - BEFORE) : 0;
    if (begin) begin = Math.max(passage.lastIndexOf(' ', begin) + 1, begin - 20);
    var end = Math.min(passage.length, begin + EXCERPT), space = passage.lastIndexOf(' ', end);
    if (end < passage.length && space > end - 20) end = space;
    return make('p', { class: 'said', lang: text.l, dir: direction(text.l) }, [begin ? '… ' : ''].concat(marked(passage, marks, begin, end), end < passage.length ? ' …' : ''));
  }
  function marked(text, marks, begin, end) {
    var parts = [], at = begin;
    marks.forEach(function (it) {
      if (it[0] < at || it[1] > end) return;
      parts.push(text.slice(at, it[0]), make('mark', {}, [text.slice(it[0], it[1])]));
      at = it[1];
    });
    return parts.concat(text.slice(at, end));
  }

  // The lines of the synopsis that hold the hit.
  function linesOf(group, it) {
    var at = it.marks.length ? it.marks[0][0] : 0;
    function holds(exactly) {
      return group.r.filter(function (line) {
        for (var part = 1; part < line.length; part += 4)
          if (line[part] === it.member && line[part + 1] === it.passage && (!exactly || line[part + 2] <= at && at < line[part + 3])) return true;
        return false;
      });
    }
    var lines = holds(true);
    return lines.length ? lines.slice(0, 1) : holds(false).slice(0, 3);
  }
  function unitOf(group, it) {
    var line = linesOf(group, it)[0];
    return line ? '#u' + line[0] : '';
  }
  // The same passage in the reader's language.
  function aligned(group, it) {
    var tag = beside.value, own = group.v[it.member].l;
    if (tag === '-' || tag === own || !group.h) return null;
    var member = group.v.findIndex(function (text) { return text.l === tag; });
    if (member < 0) return null;
    var text = group.v[member], parts = [], passage = 0;
    linesOf(group, it).forEach(function (line) {
      for (var part = 1; part < line.length; part += 4) if (line[part] === member) {
        passage = passage || line[part + 1];
        parts.push((text.p[line[part + 1]] || '').slice(line[part + 2], line[part + 3]).trim());
      }
    });
    var href = text.h + (passage ? '#p' + passage : '');
    if (!parts.length) return make('p', { class: 'beside note' }, [say('lacking', { language: language(tag).name })]);
    return make('blockquote', { class: 'beside' }, [
      make('p', { class: 'who' }, [make('a', { href: href, hreflang: tag }, [nameOf(tag)])]),
      make('p', { lang: tag, dir: direction(tag) }, [parts.join(' ')])
    ]);
  }

  // ---- Finding the place in a text

  // The passage of a version that answers the question best, with the places of what was found in it;
  // nothing where a phrase is not in the text after all.
  function passage(group, member) {
    var text = group.v[member], best = null, phrases = {};
    var clauses = found.result.clauses.filter(function (it) { return !it.not; });
    text.p.forEach(function (passage, at) {
      var terms = hexapla.fold(passage), marks = [], worth = 0;
      clauses.forEach(function (clause, number) {
        var own = marksOf(terms, clause);
        if (own.marks.length) { worth += own.worth; phrases[number] = true; }
        marks = marks.concat(own.marks);
      });
      if (!best || worth > best.worth || best.passage === 0 && worth && worth >= best.worth) best = { member: member, passage: at, worth: worth, marks: marks };
    });
    var lost = clauses.some(function (it, number) { return it.unsure && !phrases[number]; });
    if (!best || lost) return null;
    best.marks.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    return best;
  }
  function marksOf(terms, clause) {
    var own = clause.words ? together(clause.words.map(function (it) { return marksOf(terms, it); })) : clause.phrase ? phrase(terms, clause.phrase) : single(terms, clause.terms);
    return (clause.found || []).reduce(function (sum, it) {
      var more = marksOf(terms, it.clause);
      return { marks: sum.marks.concat(more.marks), worth: Math.max(sum.worth, more.worth) };
    }, own);
  }
  function together(all) {
    return {
      marks: [].concat.apply([], all.map(function (it) { return it.marks; })),
      worth: all.reduce(function (sum, it) { return sum + it.worth; }, 0)
    };
  }
  function single(terms, wanted) {
    var exactly = Object.create(null), marks = [], worth = 0;
    wanted.forEach(function (it) { exactly[it.term] = it.how === 'exact' ? 12 : 10; });
    terms.forEach(function (it) {
      if (exactly[it.t] === undefined) return;
      worth = Math.max(worth, exactly[it.t]);
      marks.push([it.s, it.e]);
    });
    return { marks: marks, worth: worth + Math.min(marks.length, 3) };
  }
  function phrase(terms, wanted) {
    var places = Object.create(null), marks = [];
    terms.forEach(function (it) { (places[it.t] = places[it.t] || {})[it.p] = it; });
    Object.keys(places[wanted[0].t] || {}).forEach(function (start) {
      var last = null;
      var all = wanted.every(function (it) {
        last = (places[it.t] || {})[+start + it.p - wanted[0].p];
        return last;
      });
      if (all) marks.push([places[wanted[0].t][start].s, last.e]);
    });
    return { marks: marks, worth: marks.length ? 14 : 0 };
  }

  // ---- Beginning

  var written = '';
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(search, 250);
  }
  // Looks up the words that are written to their end while the next is being typed: what the index says of
  // them is then there when the question is asked.
  function ahead() {
    var words = ask.value.replace(/\S*$/, '').trim();
    if (!index || words === written) return;
    written = words;
    if (words) hexapla.ask(words, { exact: exact.checked }).catch(function () { /* the question itself tells of it */ });
  }
  root.querySelector('form').addEventListener('submit', function (event) {
    event.preventDefault();
    search();
  });
  ask.addEventListener('input', function () { ahead(); soon(); });
  [from, to].forEach(function (it) { it.addEventListener('input', soon); });
  [exact, outlet, get('tongues')].forEach(function (it) { it.addEventListener('change', search); });
  beside.addEventListener('change', function () { beside.dataset.chosen = '1'; search(); });
  get('limits').addEventListener('toggle', function () { if (get('limits').open) outlets().catch(failed); });
  get('clear').addEventListener('click', function () {
    document.querySelectorAll('#tongues input').forEach(function (it) { it.checked = false; });
    from.value = to.value = outlet.value = '';
    search();
  });
  more.addEventListener('click', function () { show().catch(failed); });
  hexapla.open().then(ready).then(search).then(function () {
    document.addEventListener('hexapla', search);
  }).catch(failed);
})();
