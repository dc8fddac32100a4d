// What a web page does with MQTT.js; the driver calls it and takes its result home.
'use strict';

/** Connects; resolves with the client and whether the broker had a session. */
function connect(url, options) {
  const client = mqtt.connect(url, { protocolVersion: 5, reconnectPeriod: 0, ...options });
  const messages = [];
  const waiting = [];
  client.on('message', (topic, payload, packet) => {
    messages.push({ topic, payload, packet });
    waiting.splice(0).forEach((wake) => wake());
  });
  /** The next message, as the test compares it. */
  const next = async () => {
    while (messages.length === 0) {
      await new Promise((wake) => waiting.push(wake));
    }
    const { topic, payload, packet } = messages.shift();
    return { topic, payload: payload.toString(), qos: packet.qos, retain: packet.retain, packet };
  };
  return new Promise((resolve, reject) => {
    client.once('connect', (connack) =>
      resolve({ client, next, sessionPresent: connack.sessionPresent }));
    client.once('error', reject);
    client.once('close', () => reject(new Error('closed before CONNACK')));
  });
}

function withoutPacket({ packet, ...message }) {
  return message;
}

/** All of it: QoS, properties, retained messages, a session that is resumed, a large payload. */
async function scenario(url, topic, clientId, protocolVersion) {
  const result = { messages: [] };
  const session = protocolVersion === 5
    ? { clean: false, clientId, protocolVersion, properties: { sessionExpiryInterval: 600 } }
    : { clean: false, clientId, protocolVersion };
  const first = await connect(url, session);
  result.presentAtFirst = first.sessionPresent;
  const granted = await first.client.subscribeAsync(topic + '/#', { qos: 2 });
  result.granted = granted[0].qos;

  for (const qos of [0, 1, 2]) {
    const properties = protocolVersion === 5
      ? { contentType: 'text/plain', userProperties: { page: 'says ' + qos } }
      : undefined;
    await first.client.publishAsync(topic + '/live', 'at ' + qos, { qos, properties });
    const message = await first.next();
    if (protocolVersion === 5) {
      message.contentType = message.packet.properties.contentType;
      message.userProperty = message.packet.properties.userProperties.page;
    }
    result.messages.push(withoutPacket(message));
  }

  const large = 'x'.repeat(700000);
  await first.client.publishAsync(topic + '/large', large, { qos: 1 });
  result.largeIsWhole = (await first.next()).payload === large;
  await first.client.endAsync();

  const other = await connect(url, { protocolVersion });
  await other.client.publishAsync(topic + '/away', 'while away', { qos: 1 });
  await other.client.publishAsync(topic + '/kept', 'retained', { qos: 1, retain: true });
  await other.client.subscribeAsync(topic + '/kept', { qos: 1 });
  result.retained = withoutPacket(await other.next());
  await other.client.publishAsync(topic + '/kept', '', { qos: 1, retain: true });
  await other.client.endAsync();

  const second = await connect(url, session);
  result.presentAtSecond = second.sessionPresent;
  result.queued = [];
  for (let i = 0; i < 3; i++) {
    result.queued.push(withoutPacket(await second.next()));
  }
  await second.client.endAsync();
  return result;
}
