(function (root) {
  // Reads the index of the archive: small scripts in the folder `search`, loaded when a question needs
  // them. Nothing is fetched and nothing is compiled, so that it works from a folder as well as on a host.
  // The formats are described in src/compose/search/.
  'use strict';
  var hexapla = root.hexapla = root.hexapla || {};

  // How much a document counts that is about a term to the degree 0 to 7; the last is a term in a title.
  var WORTH = [2, 3, 4, 5, 6, 7, 8, 14];
  // How much a term counts by how it was come by.
  var EXACT = 8, NAME = 6, STEM = 5, FORM = 3;
  // The most forms of one word that are looked up, and how many of them may have long lists.
  var FORMS = 24, LONG = 2;
  // How many of the best documents are put in order.
  var BEST = 1000;

  // ---- Files

  var waiting = {}, asked = {};
  hexapla.put = function (name, data) {
    if (waiting[name]) waiting[name](data);
  };
  function load(name) {
    if (!asked[name]) asked[name] = new Promise(function (done, fail) {
      var script = document.createElement('script');
      function end() { script.remove(); delete waiting[name]; }
      waiting[name] = done;
      script.onload = end;
      script.onerror = function () { end(); delete asked[name]; fail(new Error('search/' + name + '.js')); };
      script.src = 'search/' + name + '.js';
      document.head.appendChild(script);
    });
    return asked[name];
  }
  hexapla.load = load;
  function bytes(name) {
    return load(name).then(function (text) {
      if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
      var raw = atob(text), all = new Uint8Array(raw.length);
      for (var at = 0; at < raw.length; at++) all[at] = raw.charCodeAt(at);
      return all;
    });
  }
  // What is worked out once for a file.
  var kept = {};
  function once(name, work) {
    if (!kept[name]) {
      kept[name] = bytes(name).then(work);
      kept[name].catch(function () { delete kept[name]; });
    }
    return kept[name];
  }
  function reader(all, at) {
    return {
      at: at || 0,
      next: function () {
        var number = 0, shift = 0, byte;
        do { byte = all[this.at++]; number |= (byte & 127) << shift; shift += 7; } while (byte & 128);
        return number >>> 0;
      },
      more: function () { return this.at < all.length; }
    };
  }

  // ---- The directory

  // Texts in the order of their code points, which is that of the index.
  function compare(a, b) {
    for (var at = 0; at < a.length && at < b.length; at++) {
      var x = a.charCodeAt(at), y = b.charCodeAt(at);
      if (x !== y) return (x >= 0xd800 && x < 0xe000 ? x + 0x10000 : x) - (y >= 0xd800 && y < 0xe000 ? y + 0x10000 : y);
    }
    return a.length - b.length;
  }
  var opened;
  function open() {
    if (!opened) {
      opened = load('index').then(function (data) {
        var total = 0, shards = 0;
        var groups = data.groups.map(function (it) {
          var group = { key: it[0], first: shards };
          shards += it[1];
          return group;
        });
        data.languages.forEach(function (it) { it.first = total; total += it.n; });
        return { groups: groups, languages: data.languages, total: total, places: data.places, outlets: data.outlets, terms: data.terms };
      });
      opened.catch(function () { opened = undefined; });
    }
    return opened;
  }
  hexapla.open = open;

  // The year or the month of every document, from the spans of each language.
  function spread(index, spans) {
    var all = new Uint32Array(index.total), number = 0;
    spans.forEach(function (it) {
      for (var at = 0, span = 0; at < it.length; at += 2) {
        span += it[at];
        all.fill(span, number, number += it[at + 1]);
      }
    });
    return all;
  }
  function yearsOf(index) {
    return index.years || (index.years = spread(index, index.languages.map(function (it) { return it.y; })));
  }
  function monthsOf(index) {
    return load('dates').then(function (spans) { return index.months || (index.months = spread(index, spans)); });
  }

  // ---- Terms

  // The last of some sorted things for which a test holds; the first where it holds for none.
  function last(all, holds) {
    var low = 0, high = all.length;
    while (high - low > 1) {
      var middle = low + high >> 1;
      if (holds(all[middle])) low = middle; else high = middle;
    }
    return low;
  }
  // The first terms of the shards of a group.
  function keysOf(group) {
    return load('k/' + nameOf(group.key)).then(function (text) {
      if (!group.keys) {
        var before = [];
        group.keys = text.split('\n').slice(0, -1).map(function (line) {
          before = before.slice(0, line.charCodeAt(0) - 97).concat(Array.from(line.slice(1)));
          return before.join('');
        });
      }
      return group.keys;
    });
  }
  // The number of the shard that a term belongs to.
  function shardOf(index, term) {
    var group = index.groups[last(index.groups, function (it) { return compare(it.key, term) <= 0; })];
    return keysOf(group).then(function (keys) {
      return group.first + last(keys, function (it) { return compare(it, term) <= 0; });
    });
  }
  function shardFor(index, term) {
    return shardOf(index, term).then(function (number) { return shard(index, number); });
  }
  function nameOf(key) {
    return key === '' ? '0' : Array.from(new TextEncoder().encode(key), function (it) {
      return (it < 16 ? '0' : '') + it.toString(16);
    }).join('');
  }
  // A shard: its terms, and for each how long its list is and where it stands: from which byte of the shard
  // on, or in which file beside it.
  function shard(index, number) {
    var group = index.groups[last(index.groups, function (it) { return it.first <= number; })];
    return keysOf(group).then(function (keys) { return read(nameOf(keys[number - group.first])); });
  }
  function read(name) {
    return once('t/' + name, function (all) {
      var read = reader(all), end = read.next(), named = read.next();
      end += read.at;
      var list = end + named, names = namesIn(new TextDecoder().decode(all.subarray(end, list))), begin = read.at, length = 0;
      var sizes = [], places = [], long = 0;
      while (read.at < end) {
        length += all[read.at] + all[read.at + 1] + 1;
        read.at += 2 + all[read.at + 1];
        var size = read.next(), apart = size & 1;
        size >>= 1;
        sizes.push(size);
        places.push(apart ? -1 - long++ : list);
        if (!apart) list += size;
      }
      return { name: name, all: all, terms: spelt(reader(all, begin), all, end, length), sizes: sizes, places: places, names: names };
    });
  }
  // A term of a shard, by its number there.
  function termOf(shard, at) {
    return { term: shard.terms[at], shard: shard, at: at, size: shard.sizes[at], long: shard.places[at] < 0 };
  }
  // The terms of a dictionary, each of which begins with some bytes of the one before; laid out in lines that
  // have so many bytes, and decoded all at once.
  function spelt(read, all, end, length) {
    var lines = new Uint8Array(length), place = 0, before = 0;
    for (; read.at < end; read.next()) {
      var same = all[read.at], rest = all[read.at + 1];
      lines.copyWithin(place, before, before + same);
      lines.set(all.subarray(read.at + 2, read.at + 2 + rest), place + same);
      before = place;
      place += same + rest;
      lines[place++] = 10;
      read.at += 2 + rest;
    }
    return new TextDecoder().decode(lines).split('\n').slice(0, -1);
  }
  // The names of a shard by their first terms: each with its terms and its forms in other languages.
  function namesIn(text) {
    var names = Object.create(null);
    if (text) text.split('\n').forEach(function (line) {
      var fields = line.split('\t'), first = fields[0].split(' ')[0], others = [];
      for (var at = 1; at < fields.length; at += 2) others.push({ lang: fields[at], written: fields[at + 1] });
      (names[first] = names[first] || []).push({ own: fields[0], others: others });
    });
    return names;
  }
  function listOf(found) {
    var shard = found.shard, place = shard.places[found.at];
    if (found.long) return once('t/' + shard.name + '-' + (-1 - place), function (all) { return all; });
    return shard.all.subarray(place, place + found.size);
  }
  // The positions of a term; nothing where they are not kept.
  function positionsOf(found) {
    var shard = found.shard;
    if (found.long) return once('p/' + shard.name + '-' + (-1 - shard.places[found.at]), function (all) { return all; }).then(function (it) { return it.length ? it : undefined; });
    return once('p/' + shard.name, function (all) { return all; }).then(function (all) {
      var read = reader(all), from = 0, size = 0, at, length;
      for (at = 0; at < shard.terms.length; at++) {
        length = read.next();
        if (at < found.at) from += length;
        if (at === found.at) size = length;
      }
      return size ? all.subarray(read.at + from, read.at + from + size) : undefined;
    });
  }
  // Hands on number and weight of each document of a list.
  function walk(index, list, each) {
    var read = reader(list);
    while (read.more()) {
      var head = read.next(), end = head & 1 ? read.next() : 0;
      end = head & 1 ? end + read.at : list.length;
      var number = index.languages[head >> 1].first - 1;
      while (read.at < end) {
        var next = read.next();
        number += (next >>> 3) + 1;
        each(number, next & 7);
      }
    }
  }
  function find(index, term) {
    return shardFor(index, term).then(function (it) {
      var at = it.terms.indexOf(term);
      return at < 0 ? undefined : termOf(it, at);
    });
  }
  // All terms with a beginning, or with a longer one of the same word where they stand in more than two
  // shards; of those with a beginning that was asked for, the first four shards.
  function beginning(index, prefix, word) {
    return Promise.all([shardOf(index, prefix), shardOf(index, prefix + '\uffff')]).then(function (ends) {
      if (word && prefix.length < word.length && ends[1] - ends[0] > 1) return beginning(index, word.slice(0, prefix.length + 1), word);
      var all = [];
      for (var number = ends[0]; number <= Math.min(ends[1], ends[0] + 3); number++) all.push(shard(index, number));
      return Promise.all(all).then(function (shards) { return starting(shards, prefix); });
    });
  }
  function starting(shards, prefix) {
    var found = [];
    shards.forEach(function (it) {
      it.terms.forEach(function (term, at) { if (term.startsWith(prefix)) found.push(termOf(it, at)); });
    });
    return found;
  }

  // ---- The question

  // What stands before a word or a phrase that must not be met: any dash, since phones and copied text have others.
  var MINUS = /(^|\s)[-\u2010-\u2015\u2212]$/;
  // A question as clauses that must all be met: words, phrases, beginnings; or that must not.
  function parse(question) {
    var clauses = [], parts = question.split(/["“”„‟«»「」『』]/);
    parts.forEach(function (part, at) {
      var terms = hexapla.fold(part).filter(function (it) { return it.r === 0 || it.r === 2; });
      var not = at > 0 && at % 2 === 1 && MINUS.test(parts[at - 1]);
      var main = terms.filter(function (it) { return it.r === 0; });
      if (at % 2 === 1 && main.length > 1) return clauses.push({ phrase: main, not: not, quoted: true });
      for (var from = 0; from < terms.length;) {
        var to = from + 1;
        while (to < terms.length && terms[to].run === terms[from].run) to++;
        var run = terms.slice(from, to), own = run.filter(function (it) { return it.r === 0; });
        var minus = not || MINUS.test(part.slice(0, own[0].s));
        if (own.length > 1) clauses.push({ phrase: own, not: minus });
        else clauses.push({
          word: own[0].t, text: part.slice(own[0].s, own[0].e), not: minus, exact: at % 2 === 1,
          prefix: part[own[0].e] === '*', stems: run.filter(function (it) { return it.r === 2; }).map(function (it) { return it.t; })
        });
        from = to;
      }
    });
    return clauses;
  }
  hexapla.parse = parse;

  function shared(a, b) {
    var at = 0;
    while (at < a.length && at < b.length && a[at] === b[at]) at++;
    return at;
  }
  // How much other forms of a word must have in common with it; an Arabic article is not counted.
  function stemOf(word) {
    var article = /^(ال|لل)/.test(word) ? 2 : 0;
    return article + Math.max(4, word.length - article - 3);
  }
  // Whether a term may be another form of a word: a long beginning in common and short endings.
  function isForm(word, term) {
    var same = shared(word, term), out = word.length - same, on = term.length - same;
    return same >= stemOf(word) && on <= 4 && out + on <= (word.length < 6 ? 3 : 6);
  }
  // The terms that are looked up for a word, each with what it counts.
  function alternatives(index, clause, exact) {
    var word = clause.word, strict = exact || clause.exact;
    var inflects = !strict && !clause.prefix && word.length > 3 && /^\D+$/.test(word);
    var ask = clause.prefix ? beginning(index, word) : inflects ? beginning(index, word.slice(0, stemOf(word)), word) : Promise.resolve([]);
    var first = find(index, word).then(function (it) { return it ? [{ found: it, worth: EXACT, how: 'exact' }] : []; });
    var stems = strict ? [] : clause.stems.map(function (stem) {
      return find(index, stem).then(function (it) { return it ? [{ found: it, worth: STEM, how: 'form' }] : []; });
    });
    return Promise.all([first, ask].concat(stems)).then(function (got) {
      var forms = got[1].filter(function (it) { return it.term !== word && (clause.prefix || isForm(word, it.term)); });
      var long = 0;
      forms.sort(function (a, b) { return b.size - a.size || compare(a.term, b.term); });
      clause.cut = forms.length > FORMS;
      forms = forms.filter(function (it) { return !it.long || long++ < LONG; }).slice(0, FORMS).map(function (it) {
        return { found: it, worth: clause.prefix ? EXACT : FORM, how: clause.prefix ? 'prefix' : 'form' };
      });
      return [].concat.apply(got[0], got.slice(2)).concat(forms);
    });
  }

  // What documents are worth to a clause: the worth of each, and those that are worth anything.
  function weights(index) { return { of: new Uint16Array(index.total), found: [] }; }
  function put(weights, number, worth) {
    if (!weights.of[number]) weights.found.push(number);
    if (worth > weights.of[number]) weights.of[number] = worth;
  }

  // What each document is worth to a word.
  function weigh(index, clause, exact) {
    return alternatives(index, clause, exact).then(function (all) {
      clause.terms = all.map(function (it) { return { term: it.found.term, how: it.how }; });
      return Promise.all(all.map(function (it) { return listOf(it.found); })).then(function (lists) {
        var worth = weights(index);
        lists.forEach(function (list, at) {
          walk(index, list, function (number, weight) { put(worth, number, WORTH[weight] * all[at].worth); });
        });
        return worth;
      });
    });
  }

  // What each document is worth to a phrase: those only that have all its terms one after the other.
  function weighPhrase(index, clause) {
    var terms = clause.phrase;
    clause.terms = terms.map(function (it) { return { term: it.t, how: 'exact' }; });
    var worth = weights(index);
    return Promise.all(terms.map(function (it) { return find(index, it.t); })).then(function (found) {
      if (!found.every(Boolean)) return worth;
      return Promise.all(found.map(listOf)).then(function (lists) {
        var order = lists.map(function (_, at) { return at; }).sort(function (a, b) { return lists[a].length - lists[b].length; });
        var least = null;
        order.forEach(function (at) {
          var kept = new Map();
          walk(index, lists[at], function (number, weight) {
            if (!least || least.has(number)) kept.set(number, Math.min(weight, least ? least.get(number) : 7));
          });
          least = kept;
        });
        if (!least.size) return worth;
        return Promise.all(found.map(positionsOf)).then(function (positions) {
          clause.unsure = positions.some(function (it) { return !it; });
          var starts = null;
          positions.forEach(function (own, at) {
            if (!own) return;
            var shift = terms[at].p - terms[0].p, read = reader(own), kept = new Map();
            walk(index, lists[at], function (number) {
              var wanted = least.has(number) && (!starts || starts.has(number)), place = 0, next, here = [];
              do {
                next = read.next();
                place += next >>> 1;
                if (wanted && (!starts || starts.get(number).has(place - shift))) here.push(place - shift);
              } while (!(next & 1));
              if (here.length) kept.set(number, new Set(here));
            });
            starts = kept;
          });
          (starts || least).forEach(function (_, number) { put(worth, number, WORTH[least.get(number)] * EXACT); });
          return worth;
        });
      });
    });
  }

  // What each document is worth to several words that are a name together.
  function weighAll(index, clause, exact) {
    return Promise.all(clause.words.map(function (it) { return weigh(index, it, exact); })).then(function (worths) {
      var worth = weights(index);
      fewest(worths).found.forEach(function (number) {
        put(worth, number, Math.min.apply(null, worths.map(function (it) { return it.of[number]; })));
      });
      worth.found = worth.found.filter(function (number) { return worth.of[number]; });
      return worth;
    });
  }
  function fewest(worths) {
    return worths.reduce(function (a, b) { return b.found.length < a.found.length ? b : a; });
  }
  function weighPlain(index, clause, exact) {
    return clause.words ? weighAll(index, clause, exact) : clause.phrase ? weighPhrase(index, clause) : weigh(index, clause, exact);
  }
  // The names that begin with a term, each with its terms and its forms in other languages.
  function namesOf(index, term) {
    return shardFor(index, term).then(function (it) { return it.names[term] || []; });
  }
  function isPlain(clause) { return clause.word && !clause.prefix && !clause.not && !clause.exact; }
  function termsOf(clause) {
    return clause.words ? clause.words.map(function (it) { return it.word; }) : clause.phrase ? clause.phrase.map(function (it) { return it.t; }) : [clause.word];
  }
  // Finds the names in a question; words that are a name together become one clause.
  function findNames(index, clauses) {
    return Promise.all(clauses.map(function (it) {
      return it.quoted || it.prefix || it.exact ? [] : namesOf(index, termsOf(it)[0]);
    })).then(function (known) {
      var joined = [];
      for (var at = 0; at < clauses.length;) {
        var clause = clauses[at], longest = null, size = 1;
        known[at].forEach(function (name) {
          var terms = name.own.split(' '), next = clauses.slice(at, at + terms.length);
          if (isPlain(clause) && terms.length > size && next.length === terms.length && next.every(isPlain) && next.map(function (it) { return it.word; }).join(' ') === name.own) {
            longest = name;
            size = terms.length;
          }
        });
        if (longest) clause = { words: clauses.slice(at, at + size), not: false };
        else longest = known[at].find(function (it) { return it.own === termsOf(clause).join(' '); });
        clause.names = longest ? longest.others.map(function (it) {
          var terms = hexapla.fold(it.written).filter(function (term) { return term.r === 0; });
          return { lang: it.lang, written: it.written, clause: terms.length > 1 ? { phrase: terms } : { word: terms[0].t, stems: [] } };
        }) : [];
        joined.push(clause);
        at += size;
      }
      return joined;
    });
  }
  // What each document is worth to a clause, in any of the forms of a name.
  function weighNamed(index, clause, exact) {
    var names = exact || clause.not ? [] : clause.names || [];
    return Promise.all([weighPlain(index, clause, exact)].concat(names.map(function (it) { return weighPlain(index, it.clause); }))).then(function (got) {
      var worth = got[0];
      clause.found = names.filter(function (_, at) {
        var own = got[at + 1];
        own.found.forEach(function (number) { put(worth, number, Math.floor(own.of[number] * NAME / EXACT)); });
        return own.found.length;
      });
      return worth;
    });
  }

  // A month as it is written in a question, 2021 or 2021-03, as a number.
  function monthOf(text, last) {
    var parts = /^(\d{4})(?:-(\d{1,2}))?$/.exec((text || '').trim());
    return parts ? parts[1] * 13 + (parts[2] ? +parts[2] : last ? 12 : 0) : undefined;
  }

  // Asks a question. Options: exact, languages, from, to, outlet. Gives the clauses as they were looked
  // up, how many documents were found in all and in each language, and the best of them in order.
  hexapla.ask = function (question, options) {
    options = options || {};
    return open().then(function (index) {
      return options.exact ? [index, parse(question)] : findNames(index, parse(question)).then(function (it) { return [index, it]; });
    }).then(function (got) {
      var index = got[0], clauses = got[1];
      var outlet = options.outlet ? find(index, '\u0001' + options.outlet).then(function (it) { return it ? listOf(it) : new Uint8Array(0); }) : Promise.resolve();
      var dates = options.from || options.to ? monthsOf(index) : undefined;
      return Promise.all([outlet, dates].concat(clauses.map(function (it) {
        return weighNamed(index, it, options.exact);
      }))).then(function (got) {
        return rank(index, clauses, got.slice(2), { outlet: got[0], month: got[1] }, options);
      });
    });
  };

  function rank(index, clauses, worths, limits, options) {
    var wanted = worths.filter(function (_, at) { return !clauses[at].not; });
    var met = matching(wanted, worths.filter(function (_, at) { return clauses[at].not; }));
    clauses.forEach(function (clause, at) { clause.count = worths[at].found.length; });
    var inOutlet = null;
    if (limits.outlet) {
      inOutlet = new Uint8Array(index.total);
      walk(index, limits.outlet, function (number) { inOutlet[number] = 1; });
    }
    var from = monthOf(options.from), to = monthOf(options.to, true), month = limits.month, years = yearsOf(index);
    var chosen = options.languages && options.languages.length ? options.languages : null;
    var hits = [], byLanguage = {}, at = 0, number;
    index.languages.forEach(function (it) {
      var count = 0, shown = !chosen || chosen.indexOf(it.tag) >= 0;
      for (; at < met.length && met[at] < it.first + it.n; at++) {
        number = met[at];
        if (inOutlet && !inOutlet[number] || from && month[number] < from || to && (month[number] > to || !month[number])) continue;
        count++;
        if (shown) hits.push(number);
      }
      byLanguage[it.tag] = count;
    });
    return { index: index, clauses: clauses, total: hits.length, anywhere: met.length, byLanguage: byLanguage, best: best(hits, wanted, years) };
  }
  // The documents that are worth something to all of some clauses and nothing to others, in order.
  function matching(wanted, barred) {
    if (!wanted.length) return [];
    var some = fewest(wanted).found, met = [], at, word;
    for (at = 0; at < some.length; at++) {
      for (word = 0; word < wanted.length && wanted[word].of[some[at]]; word++);
      if (word < wanted.length) continue;
      for (word = 0; word < barred.length && !barred[word].of[some[at]]; word++);
      if (word === barred.length) met.push(some[at]);
    }
    return new Uint32Array(met).sort();
  }
  // The best documents: by what they are worth to rare words more than to others, then the newest; numbers
  // follow the dates in each language.
  function best(hits, wanted, years) {
    var rare = wanted.map(function (it) { return Math.round(16 * Math.log2(1 + years.length / Math.max(1, it.found.length))); });
    var keys = new Float64Array(hits.length), order = [], at, word, score;
    for (at = 0; at < hits.length; at++) {
      for (word = score = 0; word < wanted.length; word++) score += wanted[word].of[hits[at]] * rare[word];
      keys[at] = score * 16384 + years[hits[at]];
    }
    var least = hits.length > BEST ? keys.slice().sort()[hits.length - BEST] : 0;
    for (at = 0; at < hits.length; at++) if (keys[at] >= least) order.push(at);
    order.sort(function (a, b) { return keys[b] - keys[a] || hits[b] - hits[a]; });
    return order.slice(0, BEST).map(function (at) { return hits[at]; });
  }

  // ---- Texts

  // Where the text of a document stands.
  hexapla.place = function (index, number) {
    var language = index.languages.find(function (it) { return number < it.first + it.n; });
    var at = number - language.first, file = Math.floor(at / index.places);
    return once('c/' + language.tag.toLowerCase() + '-' + file, function (all) { return all; }).then(function (all) {
      var read = reader(all);
      for (var before = at % index.places * 3; before; before--) read.next();
      return { file: read.next(), group: read.next(), member: read.next() };
    });
  };
  // The statements, with their versions, of a file of texts.
  hexapla.texts = function (file) {
    return once('d/' + file.toString(16), function (all) {
      var unpacked = new DecompressionStream('deflate-raw'), writer = unpacked.writable.getWriter();
      // What goes wrong is told where it is read.
      writer.write(all).catch(function () {});
      writer.close().catch(function () {});
      return new Response(unpacked.readable).json();
    });
  };
})(this);
