//! Publish, the fifth stage: `public/` is made equal to the site, changing only what differs.
