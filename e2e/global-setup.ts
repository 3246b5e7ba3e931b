// Once per run: unpack the browser; afterwards take it away.
import { provideChromium } from './chromium.ts';

export default provideChromium;
