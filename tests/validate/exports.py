"""Reads every file that a site gives out with programs that others wrote, and says what they find wrong.

Usage: exports.py SITE SEEDS SCHEMAS [BASE_URL]. One line a fault, `format: file: fault`; one line `checked FORMAT
COUNT` a format that was read; exit status 1 where anything is wrong. What can be read in nothing but a
library that is not installed is said to be skipped.
"""

import csv
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import warnings

SITE, SEEDS = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
SCHEMAS = pathlib.Path(sys.argv[3])
BASE = sys.argv[4] if len(sys.argv) > 4 else ""
FAULTS = []


def fault(kind, path, what):
    FAULTS.append(f"{kind}: {path}: {what}")


def files(pattern):
    return sorted(SITE.glob(pattern))


def have(*names):
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if missing:
        print(f"skipped: {', '.join(missing)} not installed")
    return not missing


def done(kind, count):
    print(f"checked {kind} {count}")
    if count == 0:
        fault(kind, SITE, "nothing to check")


def xml():
    from lxml import etree

    paths = files("**/*.xml") + files("**/*.tmx")
    for path in paths:
        try:
            etree.parse(str(path))
        except etree.XMLSyntaxError as error:
            fault("xml", path, error)
    done("xml", len(paths))


def tei():
    from lxml import etree

    schema = SCHEMAS / "tei_all.rng"
    if not schema.exists():
        print("skipped: tei_all.rng is not there")
        return
    grammar = etree.RelaxNG(etree.parse(str(schema)))
    paths = files("data/tei/*.xml")
    for path in paths:
        tree = etree.parse(str(path))
        if not grammar.validate(tree):
            fault("tei", path, grammar.error_log.last_error)
        ids = {it for it in tree.xpath("//@xml:id")}
        for target in tree.xpath("//*[local-name()='link']/@target"):
            lost = [it for it in target.split() if it[1:] not in ids]
            if lost:
                fault("tei", path, f"links to nothing: {lost}")
    done("tei", len(paths))


def tmx():
    from translate.storage.tmx import tmxfile

    paths = files("data/tmx/*.tmx")
    for path in paths:
        store = tmxfile.parsefile(str(path))
        for unit in store.units:
            if len(unit.xmlelement.findall("{*}tuv")) < 2:
                fault("tmx", path, f"{unit.getid()} has one variant")
    done("tmx", len(paths))


def bibtex():
    import bibtexparser

    paths = files("data/bibtex/*.bib") + files("data/hexapla.bib")
    for path in paths:
        library = bibtexparser.parse_file(str(path))
        for block in library.failed_blocks:
            fault("bibtex", path, f"line {block.start_line}: {block.error}")
        keys = [entry.key for entry in library.entries]
        if len(set(keys)) != len(keys):
            fault("bibtex", path, "a key stands twice")
        for entry in library.entries:
            related = entry.get("related")
            if related and related.value not in keys:
                fault("bibtex", path, f"{entry.key} is related to {related.value}, which is not there")
    done("bibtex", len(paths))


def ris():
    import rispy

    paths = files("data/ris/**/*.ris")
    for path in paths:
        with open(path, encoding="utf-8", newline="") as text:
            records = rispy.load(text)
        for record in records:
            if "unknown_tag" in record or not record.get("title", record.get("primary_title")):
                fault("ris", path, record)
    done("ris", len(paths))


def csl():
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    paths = files("data/csl/*.json")
    for path in paths:
        items = json.loads(path.read_text(encoding="utf-8"))
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            source = CiteProcJSON([it for it in items if "literal" not in it.get("issued", {})])
            style = CitationStylesStyle("harvard-cite-them-right", validate=False)
            paper = CitationStylesBibliography(style, source, formatter.plain)
            for key in source:
                paper.register(Citation([CitationItem(key)]))
            if len(paper.bibliography()) != len(list(source)):
                fault("csl", path, "an item gives no line of a bibliography")
        for warning in seen:
            if issubclass(warning.category, UserWarning):
                fault("csl", path, warning.message)
    done("csl", len(paths))


def package():
    from frictionless import Package

    report = Package(str(SITE / "data/datapackage.json")).validate()
    for task in report.tasks:
        for error in task.errors:
            fault("csv", task.name, error.message)
    for path in files("data/*.csv") + files("data/ledger/*.csv"):
        for row in csv.reader(open(path, encoding="utf-8-sig", newline="")):
            if any(re.match(r"[=+@\t\r-]", cell) for cell in row):
                fault("csv", path, f"a cell is a formula: {row}")
    done("csv", len(report.tasks))


def cff():
    import jsonschema
    import yaml

    schema = json.loads((SCHEMAS / "cff.json").read_text())
    # Dates are the one thing that YAML reads otherwise than the schema means.
    document = yaml.load((SITE / "data/CITATION.cff").read_text(encoding="utf-8"), yaml.BaseLoader)
    for error in jsonschema.Draft7Validator(schema).iter_errors(document):
        fault("cff", "CITATION.cff", error.message)
    done("cff", 1)


def manifest():
    run = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", (SITE / "data/manifest-sha256.txt").resolve()],
        cwd=SEEDS, capture_output=True, text=True,
    )
    if run.returncode:
        fault("manifest", "manifest-sha256.txt", run.stdout + run.stderr)
    done("manifest", 1)


def html():
    import html5lib

    paths = files("**/*.html")
    for path in paths:
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(path.read_text(encoding="utf-8"))
        for place, code, _ in parser.errors:
            fault("html", path, f"{code} at {place}")
    done("html", len(paths))


def jsonld():
    """Every page's JSON-LD as one graph: a version names its statement, and is named by it."""
    from rdflib import Graph, URIRef

    base = BASE or "file:///site/"
    # A context that is at hand: no test asks the network.
    context = {"@vocab": "https://schema.org/"}
    for name in ["isBasedOn", "contentUrl", "url"]:
        context[name] = {"@type": "@id"}
    graph, count = Graph(), 0
    for path in files("**/*.html"):
        text = path.read_text(encoding="utf-8")
        for block in re.findall(r'<script type="?application/ld\+json"?>(.*?)</script>', text, re.S):
            data = json.loads(block)
            if data["@context"] != "https://schema.org":
                fault("json-ld", path, data["@context"])
            data["@context"] = context
            graph.parse(data=json.dumps(data), format="json-ld", publicID=base + path.relative_to(SITE).as_posix())
            count += 1
    there = {URIRef(base + path.relative_to(SITE).as_posix()) for path in files("**/*.*")}
    schema = "https://schema.org/"
    for one, other in [("translationOfWork", "workTranslation"), ("exampleOfWork", "workExample")]:
        down = {(a, b) for a, b in graph.subject_objects(URIRef(schema + one))}
        up = {(b, a) for a, b in graph.subject_objects(URIRef(schema + other))}
        if down != up or one == "translationOfWork" and not down:
            fault("json-ld", one, f"not the other way round: {sorted(down ^ up)[:4]} of {len(down)}")
        for lost in {it for pair in down | up for it in pair} - there:
            fault("json-ld", one, f"leads nowhere: {lost}")
    for lost in set(graph.objects(None, URIRef(schema + "contentUrl"))) - there:
        fault("json-ld", "contentUrl", f"leads nowhere: {lost}")
    done("json-ld", count)


def hreflang():
    """What a page offers in other languages offers that page in turn, each language once."""
    import html5lib

    offers = {}
    for path in files("**/*.html"):
        tree = html5lib.parse(path.read_text(encoding="utf-8"), namespaceHTMLElements=False)
        own = BASE + path.relative_to(SITE).as_posix()
        links = [it for it in tree.iter("link") if it.get("rel") == "alternate" and it.get("hreflang")]
        if links:
            offers[own] = {it.get("hreflang"): it.get("href") for it in links}
            if len(offers[own]) != len(links):
                fault("hreflang", path, "a language stands twice")
            if own not in offers[own].values():
                fault("hreflang", path, "it does not offer itself")
        canonical = [it.get("href") for it in tree.iter("link") if it.get("rel") == "canonical"]
        if canonical != [own if path.name != "index.html" or path.parent != SITE else BASE]:
            fault("canonical", path, canonical)
    for own, others in offers.items():
        for lang, address in others.items():
            if offers.get(address) != others:
                fault("hreflang", own, f"{lang} is {address}, which does not offer the same")
    done("hreflang", len(offers))


def atom():
    import feedparser

    paths = [path for path in files("**/*.xml") if "tei" not in path.parts and b"<feed" in path.read_bytes()[:200]]
    entries = {}
    for path in paths:
        feed = feedparser.parse(str(path))
        if feed.bozo or feed.version != "atom10":
            fault("atom", path, feed.get("bozo_exception", feed.version))
        for need in ["id", "title", "updated"]:
            if not feed.feed.get(need) or any(not it.get(need) for it in feed.entries):
                fault("atom", path, f"no {need}")
        for entry in feed.entries:
            if not entry.link.startswith(BASE) or entries.setdefault(entry.id, entry.link) != entry.link:
                fault("atom", path, f"{entry.id}: {entry.link}")
    done("atom", len(paths))


def sitemap():
    from lxml import etree

    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = etree.parse(str(SITE / "sitemap.xml")).xpath("//s:loc/text()", namespaces=space)
    pages = {BASE + path.relative_to(SITE).as_posix() for path in files("**/*.html")}
    pages = (pages - {BASE + "index.html", BASE + "404.html"}) | {BASE}
    if set(listed) != pages or len(listed) != len(pages):
        fault("sitemap", "sitemap.xml", f"{sorted(set(listed) ^ pages)[:4]}")
    done("sitemap", len(listed))


def main():
    if have("lxml"):
        xml()
        tei()
    if have("translate"):
        tmx()
    if have("bibtexparser"):
        bibtex()
    if have("rispy"):
        ris()
    if have("citeproc"):
        csl()
    if have("frictionless"):
        package()
    if have("jsonschema", "yaml") and (SCHEMAS / "cff.json").exists():
        cff()
    manifest()
    if have("html5lib"):
        html()
    if have("rdflib"):
        jsonld()
    if BASE:
        if have("html5lib"):
            hreflang()
        if have("feedparser"):
            atom()
        if have("lxml"):
            sitemap()
    print("\n".join(FAULTS[:50]))
    sys.exit(1 if FAULTS else 0)


main()
