// Print the SHA-256 of the canonical document of a file of N-Quads, as rdf-canonize 5 makes it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, file] = process.argv.slice(2);
const { resolve } = createRequire(pathToFileURL(`${modules}/any.js`));
const loaded = await import(pathToFileURL(resolve('rdfc10')));
const { canonize } = loaded.canonize ? loaded : loaded.default;
const document = await canonize(readFileSync(file, 'utf8'), {
  algorithm: 'RDFC-1.0',
  inputFormat: 'application/n-quads',
  format: 'application/n-quads',
});
console.log(createHash('sha256').update(document, 'utf8').digest('hex'));
