// Reads Turtle, N-Triples or JSON-LD files with N3.js or jsonld.js and writes N-Triples.
// Usage: node read_back.mjs MODULES FILE…; MODULES is a node_modules folder with n3 and jsonld.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const [modules, ...files] = process.argv.slice(2);
const require = createRequire(resolve(modules, 'x.js'));
const jsonld = require('jsonld');
const N3 = require('n3');
const documentLoader = () => { throw new Error('nothing may be fetched'); };

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.jsonld')) {
    const options = { format: 'application/n-quads', documentLoader };
    console.log(await jsonld.toRDF(JSON.parse(text), options));
  } else {
    const writer = new N3.Writer({ format: 'N-Triples' });
    writer.addQuads(new N3.Parser().parse(text));
    writer.end((error, result) => { if (error) throw error; console.log(result); });
  }
}
