//! A new archive: a folder that builds at once, with two invented texts to begin with.

use std::path::Path;

use crate::disk;
use crate::error::Error;

/// The settings, and what they mean.
const SETTINGS: &str = "\
# The settings of this archive; every one may be left out.
title: A new archive
description: What this archive holds, in a sentence.
# Where the site will be published: canonical links, feeds and the sitemap need it.
# base_url: https://archive.example/
# The language of the pages around the texts.
# interface: en
";

/// What need not be kept under version control.
const IGNORED: &str = "/public\n/.hexapla\n";

/// Two versions of one statement, invented.
const SEEDS: [(&str, &str); 2] = [
    (
        "seeds/harbour-en.txt",
        "The Quiet Gazette (an invented outlet)\n\n\
         Harbour office of Elmstrand opens the new pier\n\n\
         The harbour office of Elmstrand opened the new pier on 12 May 2021.\n\n\
         About 140 fishing boats can moor there, said harbour master Odile Marenz.\n\n\
         The old pier closes on 30 September 2021 and will be taken down.\n",
    ),
    (
        "seeds/harbour-fr.txt",
        "La Gazette tranquille (un journal inventé)\n\n\
         La capitainerie d'Elmstrand ouvre la nouvelle jetée\n\n\
         La capitainerie d'Elmstrand a ouvert la nouvelle jetée le 12 mai 2021.\n\n\
         Environ 140 bateaux de pêche peuvent s'y amarrer, a déclaré la capitaine du port Odile Marenz.\n\n\
         L'ancienne jetée fermera le 30 septembre 2021 et sera démontée.\n",
    ),
];

/// Where GitHub looks for the way to publish.
const WORKFLOW: &str = ".github/workflows/pages.yml";

/// The major versions of the actions that publish to GitHub Pages; they move about once a year.
const ACTIONS: [(&str, &str); 4] = [
    ("CHECKOUT", "actions/checkout@v5"),
    ("CONFIGURE", "actions/configure-pages@v5"),
    ("UPLOAD", "actions/upload-pages-artifact@v4"),
    ("DEPLOY", "actions/deploy-pages@v4"),
];

/// How GitHub builds and publishes the archive at every push.
const PAGES: &str = "\
name: Publish the archive
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
  cancel-in-progress: false
jobs:
  publish:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: CHECKOUT
      - id: pages
        uses: CONFIGURE
      - run: cargo install --locked hexapla --version VERSION
      - run: hexapla build --base-url \"${{ steps.pages.outputs.base_url }}\"
      - run: hexapla check --base-url \"${{ steps.pages.outputs.base_url }}\"
      - uses: UPLOAD
        with:
          path: public
      - id: deployment
        uses: DEPLOY
";

/// What a new archive begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kit {
    /// Settings and two texts.
    Archive,
    /// These, and the way to publish on GitHub Pages.
    Pages,
}

/// Begins an archive in a folder, which may be there already; what stands there is left alone. Texts to
/// begin with are put only where the folder has no seeds. Gives the paths that were written.
pub fn init(root: &Path, kit: Kit) -> Result<Vec<&'static str>, Error> {
    let mut files: Vec<(&'static str, String)> =
        vec![(crate::config::FILE, SETTINGS.to_owned()), (".gitignore", IGNORED.to_owned())];
    if !disk::is_folder(&root.join("seeds")) {
        files.extend(SEEDS.map(|(path, text)| (path, text.to_owned())));
    }
    if kit == Kit::Pages {
        files.push((WORKFLOW, workflow()));
    }
    let mut written = Vec::new();
    for (path, text) in files {
        let place = root.join(path);
        if disk::read_if_there(&place)?.is_none() {
            disk::write(&place, text.as_bytes())?;
            written.push(path);
        }
    }
    Ok(written)
}

/// The workflow, with this version of the program.
fn workflow() -> String {
    let text = PAGES.replace("VERSION", env!("CARGO_PKG_VERSION"));
    ACTIONS.iter().fold(text, |text, (name, action)| text.replace(name, action))
}
