// Eleventy at its fastest for the pages Dateline is compared by: quiet, Markdown untemplated, collections made once.
const words = require("./_includes/words.js");

const FEED = 50;

const grouped = (pages, names, path) => {
  const terms = new Map();
  for (const page of pages) {
    for (const name of names(page.data)) {
      const key = words.slug(name);
      if (!terms.has(key)) terms.set(key, { slug: key, name, path: `/${path}/${key}/`, total: 0, pages: [] });
      const term = terms.get(key);
      term.total += 1;
      if (term.pages.length < FEED) term.pages.push(page);
    }
  }
  return [...terms.values()].sort((one, other) => (one.slug < other.slug ? -1 : 1));
};

module.exports = (config) => {
  const newest = (api) => api.getFilteredByGlob("news/**/*.md").reverse();
  config.setQuietMode(true);
  config.setUseGitIgnore(false);
  config.addPassthroughCopy("assets");
  config.addCollection("newest", newest);
  config.addCollection("topics", (api) => grouped(newest(api), (data) => [data.topic], "topics"));
  config.addCollection("terms", (api) => grouped(newest(api), (data) => data.terms, "tags"));
  config.addGlobalData("site", { ...words.SITE, navigation: words.NAVIGATION });
  for (const name of ["termslug", "label", "day", "clock", "minute", "minutes", "rfc822"]) {
    config.addFilter(name, words[name]);
  }
  config.setNunjucksEnvironmentOptions({ trimBlocks: true, lstripBlocks: true });
  return { markdownTemplateEngine: false, htmlTemplateEngine: false, templateFormats: ["md", "njk", "11ty.js"] };
};
