// Asks queries of sources with Comunica and writes the rows as JSON.
// Usage: node comunica_ask.mjs MODULES < [{"sources": [ADDRESS…], "query": SPARQL}…]; MODULES is a
// node_modules folder with @comunica/query-sparql.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const require = createRequire(resolve(process.argv[2], 'x.js'));
const { QueryEngine } = require('@comunica/query-sparql');
const engine = new QueryEngine();

function tell(term) {
  const said = [term.termType, term.value];
  return term.termType === 'Literal' ? [...said, term.language, term.datatype.value] : said;
}

const found = [];
for (const { sources, query } of JSON.parse(readFileSync(0, 'utf8'))) {
  const stream = await engine.queryBindings(query, { sources });
  const rows = await stream.toArray();
  found.push(rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, tell(term)]))));
}
process.stdout.write(JSON.stringify(found));
