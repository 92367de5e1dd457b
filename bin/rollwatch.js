#!/usr/bin/env node
import {setFlagsFromString} from 'node:v8';

// Much lives for a moment only; V8 would double its memory for such things several times over, and keep it. With a thousand changes a second that took 40 MB more
// and saved no time. Where thousands of pods are followed it does: there this is taken back.
setFlagsFromString('--semi-space-growth-factor=1');

// React chooses its build when it is first imported, and its development build fills the memory with measurements.
process.env.NODE_ENV = 'production';

const {main} = await import('../dist/rollwatch.js');
await main();
