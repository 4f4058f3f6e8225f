// Makes npm_segments.json: what the npm package sms-segments-calculator says of many texts.
// Run it where the package is installed: node make_npm_segments.mjs > npm_segments.json
import { createRequire } from "node:module";

const load = createRequire(process.cwd() + "/");
const { SegmentedMessage } = load("sms-segments-calculator");
const { version } = load("sms-segments-calculator/package.json");

const times = (text, n) => text.repeat(n);
const texts = [
  "", "a", " ", "\n", "\r\n", "\f", "@", "Ç", "ç", "`", "'", "\t", "\u00a0", "€", "[]{}\\^~|",
  "à la carte: èéùìòÇØøÅåÆæßÉÄÖÑÜ§äöñü¿¡", "ΔΦΓΛΩΠΨΣΘΞ", "Αα", "£$¥¤", "\u001b", "\u0000",
  "–", "“quotes”", "it’s", "…", "•", "₨ 500", "₹", "½", "°", "ﷲ",
];
for (const n of [1, 69, 70, 71, 133, 134, 135, 200, 201, 202, 268, 269, 670]) texts.push(times("س", n));
for (const n of [159, 160, 161, 305, 306, 307, 459, 460, 1530, 1531]) texts.push(times("a", n));
for (const n of [79, 80, 81, 152, 153, 154, 229]) texts.push(times("€", n));
for (const n of [1, 34, 35, 36, 66, 67, 68, 99, 100, 134]) texts.push(times("😀", n));
for (const n of [150, 151, 152, 153, 158, 159, 160]) {
  texts.push(times("a", n) + "€" + times("b", 20), times("a", n) + "[b]" + times("c", 160));
}
for (const n of [64, 65, 66, 67, 68, 69]) {
  texts.push(times("س", n) + "😀", times("س", n) + "😀" + times("م", 70), times("س", n) + "€");
}
texts.push(
  times("س", 132) + "😀" + "م", times("س", 133) + "😀" + "م", "👍🏽", "🇵🇰", times("🇵🇰", 20),
  "👨‍👩‍👧‍👦", times("👨‍👩‍👧‍👦", 7), times("س", 62) + "👨‍👩‍👧‍👦", "❤️", "é", "e\u0301", times("e\u0301", 40),
  "میں‌نے", "کتاب‌ها", "\u200eا", "ا\u200e+923001234567", "ڪارروائي ۽ ۾", "غونډه پرېکړه",
  "KARWAI 14", "D14/1", "فیصلہ ۱۴/۱", "LSON میرخئی: EC 12 Oct",
  "Rs. 2,500 & 50% (fees) #5 *786#", "a+b=c; x<y>z?", "https://example.org/a_b?c=d&e=[f]",
  times("{€", 60), times("a😀", 50), times("aس", 35), times("aس", 36), times("\n", 161),
  times("👍🏽", 40), times("🇵🇰", 130), times("👨‍👩‍👧‍👦", 28), times("س", 66) + "👍🏽" + times("م", 67),
  "𝓐𝓑", "𐎠", "\ufeffa", "a\u00adb", times("ç", 71), times("Ç", 160), times("Ç", 161),
);

const answers = texts.map((text) => {
  const { encodingName, totalSize, messageSize, segmentsCount } = new SegmentedMessage(text, "auto");
  return { text, encoding: encodingName, units: messageSize / (encodingName === "GSM-7" ? 7 : 16), count: segmentsCount };
});
const ascii = (value) => JSON.stringify(value).replace(
  /[\u007f-\uffff]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));
console.log(`{"package": "sms-segments-calculator", "version": "${version}", "answers": [`);
console.log(answers.map(ascii).join(",\n"));
console.log("]}");
