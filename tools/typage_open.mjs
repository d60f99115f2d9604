// Opens an age file with typage, the age implementation in JavaScript: an independent witness for our files.
//
//   node tools/typage_open.mjs FILE IDENTITY_FILE > PLAINTEXT       open
//   node tools/typage_open.mjs --seal FILE IDENTITY_FILE > SEALED   seal FILE to that identity's recipient
//
// The packages come from the folder that VIGTOOL_TYPAGE names (`npm install age-encryption` there).
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = process.env.VIGTOOL_TYPAGE;
if (!folder) {
  console.error("VIGTOOL_TYPAGE names no folder");
  process.exit(2);
}
const found = createRequire(join(folder, "here.js")).resolve("age-encryption");
const age = await import(pathToFileURL(found));

const args = process.argv.slice(2);
const sealing = args[0] === "--seal";
const [file, identityFile] = sealing ? args.slice(1) : args;
const identity = readFileSync(identityFile, "utf8").trim();
const data = new Uint8Array(readFileSync(file));

let result;
if (sealing) {
  const encrypter = new age.Encrypter();
  encrypter.addRecipient(await age.identityToRecipient(identity));
  result = await encrypter.encrypt(data);
} else {
  const decrypter = new age.Decrypter();
  decrypter.addIdentity(identity);
  result = await decrypter.decrypt(data);
}
process.stdout.write(Buffer.from(result));
