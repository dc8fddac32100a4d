// Runs the scenario on a page in headless Chromium and prints its result as JSON.
// node run.mjs CHROMIUM PAGE_URL BROKER_URL TOPIC CLIENT_ID PROTOCOL_VERSION
import { chromium } from 'playwright-core';

const [executablePath, page, broker, topic, clientId, version] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => console.error(String(error)));
  tab.on('console', (message) => console.error(message.text()));
  await tab.goto(page);
  const result = await tab.evaluate(
    ([url, t, id, v]) => scenario(url, t, id, v),
    [broker, topic, clientId, Number(version)],
  );
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
}
