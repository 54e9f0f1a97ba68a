import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grafanaDashboard } from './grafana-dashboard.ts';

// `npm run grafana`, when the catalog has changed; not a part of the build, because what is checked in is what people import.
const file = join(import.meta.dirname, '../../docs/grafana-dashboard.json');
writeFileSync(file, `${JSON.stringify(grafanaDashboard(), undefined, 2)}\n`);
