(function (root) {
  // A text cut into terms: the twin of src/compose/search/fold.rs. One file of vectors holds both to the
  // same results. Each term: t its text, p its position, s and e its place in the text, r its role: 0 the
  // word itself, 1 without a particle, 2 without the article, 3 a single character of a longer run.
  'use strict';
  var LONGEST = 32;
  var MARK = 1, DIGIT = 2, UNSPACED = 3, HANGUL = 4, WORD = 5, OTHER = 0;

  // Whether a code point lies in one of the ranges of a list: from, to, from, to …
  function within(code, ranges) {
    for (var at = 0; at < ranges.length; at += 2) if (code >= ranges[at] && code <= ranges[at + 1]) return true;
    return false;
  }
  var IGNORED = [0xad, 0xad, 0x640, 0x640, 0x61c, 0x61c, 0x2b9, 0x2cf, 0x200c, 0x200f, 0x202a, 0x202e, 0x2060, 0x2069, 0xfeff, 0xfeff, 0xff9e, 0xff9f];
  var OPTIONAL = [0x300, 0x36f, 0x483, 0x487, 0x591, 0x5c7, 0x610, 0x61a, 0x64b, 0x65f, 0x670, 0x670, 0x6d6, 0x6ed, 0x1ab0, 0x1aff, 0x1dc0, 0x1dff, 0x20d0, 0x20ff, 0xfe00, 0xfe0f, 0xfe20, 0xfe2f];
  var NO_SPACES = [0xe00, 0xeff, 0x1000, 0x109f, 0x1780, 0x17ff, 0x3005, 0x30ff, 0x31f0, 0x31ff, 0x3400, 0x9fff, 0xa9e0, 0xa9ff, 0xaa60, 0xaa7f, 0xf900, 0xfaff, 0xff66, 0xff9d, 0x20000, 0x3ffff];
  var SYLLABLES = [0x1100, 0x11ff, 0x3130, 0x318f, 0xa960, 0xa97f, 0xac00, 0xd7ff, 0xffa0, 0xffdc];
  var LATIN = [0, 0x2af, 0x1e00, 0x1eff, 0x2c60, 0x2c7f, 0xa720, 0xa7ff, 0xfb00, 0xfb06, 0xff21, 0xff5a];
  var ACCENTED = [0xc0, 0x24f, 0x370, 0x3ff, 0x1e00, 0x1fff];
  var PLAIN = {};
  'ł l ø o đ d ð d ɗ d þ th ß ss æ ae œ oe ı i ħ h ŧ t ŋ n ɓ b ƙ k ƴ y ə e ǝ e ς σ ё е ґ г أ ا إ ا آ ا ٱ ا ى ي ی ي ئ ي ة ه ۀ ه ہ ه ۂ ه ۃ ه ھ ه ؤ و ک ك װ וו ױ וי ײ יי'
    .split(' ').forEach(function (it, at, all) { if (at % 2) PLAIN[all[at - 1]] = it; });

  // What a character does in a text.
  var kinds = {};
  function kind(c) {
    return kinds[c] || (kinds[c] = 1 + classify(c));
  }
  function classify(c) {
    var code = c.codePointAt(0);
    if (/\p{M}/u.test(c) || within(code, IGNORED)) return MARK;
    if (/\p{Nd}/u.test(c)) return DIGIT;
    if (!/[\p{L}\p{N}]/u.test(c)) return OTHER;
    return within(code, NO_SPACES) ? UNSPACED : within(code, SYLLABLES) ? HANGUL : WORD;
  }
  function is(c, what) { return c !== undefined && kind(c) === what + 1; }
  function latin(c) { return within(c.codePointAt(0), LATIN); }

  // The value of a decimal digit of any script.
  function digit(c) {
    var code = c.codePointAt(0), zero = code;
    while (zero > 0 && code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return code - zero;
  }

  // Folds a word into a term.
  function plain(word) {
    var out = [];
    function push(c) {
      if (PLAIN[c] !== undefined) out.push.apply(out, PLAIN[c].split(''));
      else if (/\p{Nd}/u.test(c)) out.push(String(digit(c)));
      else if (!within(c.codePointAt(0), OPTIONAL) && !within(c.codePointAt(0), IGNORED) && classify(c) !== OTHER) out.push(c);
    }
    Array.from(word.normalize('NFKC')).forEach(function (upper) {
      Array.from(upper.toLowerCase()).forEach(function (c) {
        if (within(c.codePointAt(0), ACCENTED)) Array.from(c.normalize('NFD')).forEach(push); else push(c);
      });
    });
    return out.slice(0, LONGEST).join('');
  }

  function fold(text) {
    var all = Array.from(text), at = 0, position = 0, offset = 0, run = 0, terms = [];
    // Places in the text are counted as strings count them.
    var places = [0];
    all.forEach(function (c) { places.push(offset += c.length); });
    function hand(term, role, from, to) {
      terms.push({ t: term, p: position, s: places[from], e: places[to], r: role, run: run });
    }

    // Numbers in any notation: the twin of number.rs.
    function number() {
      var groups = [], separator = '', from = at;
      while (groups.length < 8) {
        var to = at;
        while (is(all[to], DIGIT)) to++;
        if (to === at) break;
        groups.push({ sep: separator, from: at, to: to, digits: all.slice(at, to).map(digit).join('') });
        at = to;
        separator = all[to];
        if (separator === undefined || ' \u00a0\u202f\u2009,.\'’\u066c\u066b'.indexOf(separator) < 0) break;
        at = to + 1;
      }
      at = from;
      while (groups.length) {
        var first = groups.shift(), whole = 0, sep = groups.length ? groups[0].sep : '';
        if (sep && first.digits.length <= 3 && first.digits[0] !== '0' && sep !== '\u066b') {
          var size = function (at, digits) { return at < groups.length && groups[at].digits.length === digits && groups[at].sep === sep; };
          var twos = 0;
          while (size(whole, 3)) whole++;
          // In India groups of two digits come before the last one of three: 12,34,567.
          while (size(twos, 2)) twos++;
          if (sep === ',' && twos && size(twos, 3)) whole = twos + 1;
        }
        var parts = [first].concat(groups.splice(0, whole)), decimal = groups[0];
        if (decimal && ('.,\u066b'.indexOf(decimal.sep) < 0 || first.sep === decimal.sep || groups[1] && groups[1].sep === decimal.sep)) decimal = undefined;
        var term = parts.map(function (it) { return it.digits; }).join('').replace(/^0+(?=.)/, '').slice(0, 32);
        at = parts[parts.length - 1].to;
        if (decimal) {
          groups.shift();
          at = decimal.to;
          var fraction = decimal.digits.slice(0, 32).replace(/0+$/, '');
          if (fraction) term += '.' + fraction;
        }
        run++;
        hand(term, 0, first.from, at);
        position++;
      }
    }

    // A word, up to where its script ends.
    function word(first) {
      var from = at, roman = latin(first);
      function joins(c) {
        var next = all[at + 1];
        return '\'’‘"״׳'.indexOf(c) >= 0 && first >= '\u0400' && first <= '\u05ff' && is(next, WORD) && !latin(next);
      }
      while (at < all.length) {
        var c = all[at];
        if (!(is(c, MARK) || is(c, WORD) && latin(c) === roman || is(c, DIGIT) && roman || is(c, OTHER) && joins(c))) break;
        at++;
      }
      var term = plain(all.slice(from, at).join(''));
      if (!term) return;
      run++;
      hand(term, 0, from, at);
      clitics(term, from);
      position++;
    }
    function article(word) { return /^(ال|لل)/.test(word) ? word.slice(2) : undefined; }
    function clitics(term, from) {
      var particle = /^[وفبكل]/.test(term) ? term.slice(1) : undefined;
      if (particle && particle.length > 2 && !/^لل/.test(term)) hand(particle, 1, from, at);
      var stem = article(term);
      if (stem === undefined && particle !== undefined) stem = article(particle);
      if (stem && stem.length > 2) hand(stem, 2, from, at);
    }

    // A run in a script without spaces, or in Hangul: its characters in pairs.
    function pairs(script) {
      var before = '', start = at, first = true;
      run++;
      while (is(all[at], script)) {
        var from = at++;
        while (at < all.length && (is(all[at], MARK) || all[at] >= '\u1160' && all[at] <= '\u11ff')) at++;
        var term = plain(all.slice(from, at).join(''));
        if (!term) continue;
        if (!first) {
          position--;
          hand(before + term, 0, start, at);
          position++;
        }
        if (first && !is(all[at], script)) hand(term, 0, from, at);
        else if (script === UNSPACED) hand(term, 3, from, at);
        first = false;
        position++;
        before = term;
        start = from;
      }
    }

    while (at < all.length) {
      var c = all[at];
      if (is(c, DIGIT)) {
        var next = at;
        while (is(all[next], DIGIT)) next++;
        if (is(all[next], WORD) && latin(all[next])) word(all[next]); else number();
      } else if (is(c, WORD)) word(c);
      else if (is(c, UNSPACED)) pairs(UNSPACED);
      else if (is(c, HANGUL)) pairs(HANGUL);
      else at++;
    }
    return terms;
  }
  root.hexapla = root.hexapla || {};
  root.hexapla.fold = fold;
})(this);
