const { feed } = require("./_includes/feed.js");

exports.data = { permalink: "/rss.xml", eleventyExcludeFromCollections: true };
exports.render = ({ collections }) => feed("", "/", collections.newest.slice(0, 50), true);
