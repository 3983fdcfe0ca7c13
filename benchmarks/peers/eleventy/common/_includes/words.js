// Names to slugs, text to HTML, dates to words.
const SITE = { title: "The Benchmark Digest", url: "https://digest.example" };
const NAVIGATION = "politics conflict economy environment health science technology arts sport".split(" ");

const slugs = new Map();
const slug = (name) => {
  if (!slugs.has(name)) {
    const plain = name.toLowerCase().replaceAll("+", " plus ").replaceAll("&", " and ").replace(/['’]/g, "");
    const folded = plain.replaceAll("ø", "o").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
    slugs.set(name, folded.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, ""));
  }
  return slugs.get(name);
};

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
const label = (topic) => (topic[0].toUpperCase() + topic.slice(1)).replaceAll("-", " ");

const LONG = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });
const day = (date) => LONG.format(date);
const clock = (date) => date.toISOString().slice(11, 16);
const minute = (date) => `${date.toISOString().slice(0, 16)}+00:00`;
const rfc822 = (date) => date.toUTCString();
const minutes = (html) => Math.ceil(html.split(/\s+/).length / 220);

module.exports = { SITE, NAVIGATION, slug, termslug: slug, escape, label, day, clock, minute, minutes, rfc822 };
