module.exports = {
  layout: "article",
  permalink: ({ page }) => {
    const [, , day, name] = page.filePathStem.split("/");
    return `/${day.replaceAll("-", "/")}/${name}/`;
  },
};
