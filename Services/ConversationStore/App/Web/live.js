// The page until the console comes: conversations as they arrive, and the messages of the chosen one.
// Everything customers write reaches the page through textContent only.

const find = (id) => document.getElementById(id);
const tokenKey = 'parley.token';
const pageSize = 50;
const maxShown = 300;
const retryMilliseconds = 2000;

const conversations = new Map();
let chosen = null;
let messages = new Map();
let olderPage = null;
let earlierPage = null;
let position = null;
let stop = null;

class Refused extends Error {}

async function api(path, options = {}) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(tokenKey)}`, ...options.headers };
  const response = await fetch(path, { ...options, headers });
  if (response.status === 401) throw new Refused();
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// Conversations

function age(at) {
  const seconds = Math.max(0, (Date.now() - Date.parse(at)) / 1000);
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} d`;
}

const nameOf = ({ contact }) => contact.name ?? contact.username ?? (contact.phone ? `+${contact.phone}` : 'Unknown');
const lastTime = (conversation) => conversation.lastMessage?.at ?? conversation.openedAt;
const channelOf = ({ channel }) => channel.displayNumber ?? channel.id;

function preview({ lastMessage }) {
  if (!lastMessage) return '';
  return (lastMessage.direction === 'out' ? 'You: ' : '') + (lastMessage.text ?? `[${lastMessage.kind}]`);
}

function row(conversation) {
  const item = element('li');
  const button = element('button', conversation.unanswered ? 'beacon' : '');
  button.dataset.id = conversation.id;
  button.setAttribute('aria-current', String(conversation.id === chosen));
  const when = element('time', 'age', age(lastTime(conversation)));
  when.dateTime = lastTime(conversation);
  button.append(element('span', 'name', nameOf(conversation)), when, element('span', 'last', preview(conversation)));
  button.append(conversation.unread > 0 ? element('span', 'unread', String(conversation.unread)) : element('span'));
  button.append(element('span', 'channel', channelOf(conversation)));
  const label = conversation.unanswered ? 'waits for an answer' : '';
  button.setAttribute('aria-label', [nameOf(conversation), `${conversation.unread} unread`, label].filter(Boolean).join(', '));
  item.append(button);
  return item;
}

let isDrawn = true;
function drawList() {
  if (!isDrawn) return;
  isDrawn = false;
  // However many changes come, the list is drawn once for each frame of the screen.
  requestAnimationFrame(() => {
    isDrawn = true;
    const focused = document.activeElement?.dataset?.id;
    const sorted = [...conversations.values()].sort((a, b) => Date.parse(lastTime(b)) - Date.parse(lastTime(a)));
    for (const dropped of sorted.splice(maxShown)) if (dropped.id !== chosen) conversations.delete(dropped.id);
    find('conversations').replaceChildren(...sorted.map(row));
    if (focused) find('conversations').querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
    find('more').hidden = !olderPage || conversations.size >= maxShown;
    drawHeader();
  });
}

async function loadList(page) {
  const response = await api(`/api/conversations?limit=${pageSize}${page ? `&page=${encodeURIComponent(page)}` : ''}`);
  const list = await response.json();
  if (!page) {
    conversations.clear();
    position = response.headers.get('Parley-Position');
  }
  for (const conversation of list.items) conversations.set(conversation.id, conversation);
  olderPage = list.next;
  drawList();
}

// Messages

const ticks = { queued: '…', accepted: '…', sent: '✓', delivered: '✓✓', read: '✓✓', played: '✓✓', failed: '!' };

function bubble(message) {
  const item = element('li', `${message.direction}${message.revoked ? ' revoked' : ''}`);
  if (message.kind !== 'text') item.append(element('div', 'kind', [message.kind, message.media?.fileName].filter(Boolean).join(' · ')));
  const text = message.revoked ? 'This message was withdrawn.' : message.text;
  if (text) item.append(element('div', 'text', text));
  for (const error of message.errors) item.append(element('div', 'problem', error.title ?? error.details ?? `Error ${error.code}`));
  const foot = element('div', 'foot');
  if (message.reactions.length) foot.append(element('span', '', message.reactions.map((reaction) => reaction.emoji).join(' ')));
  if (message.editedAt) foot.append(element('span', '', 'edited'));
  foot.append(element('time', '', new Date(message.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })));
  if (message.status) {
    const mark = element('span', `ticks ${message.status === 'played' ? 'read' : message.status}`, ticks[message.status] ?? '');
    mark.title = message.status;
    foot.append(mark);
  }
  item.append(foot);
  return item;
}

function drawHeader() {
  const conversation = conversations.get(chosen);
  if (!conversation) return;
  find('thread-name').textContent = nameOf(conversation);
  const end = conversation.windowEndsAt;
  const isOpen = end && Date.parse(end) > Date.now();
  const window = isOpen ? `can be answered until ${new Date(end).toLocaleString()}` : 'only a template can be sent';
  find('thread-info').textContent = `${channelOf(conversation)} · ${window}`;
}

function drawThread() {
  const list = find('messages');
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  list.replaceChildren(...[...messages.values()].map(bubble));
  find('earlier').hidden = !earlierPage;
  find('hint').hidden = chosen !== null;
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

// A page comes newest first; the messages shown are oldest first.
async function loadMessages(page) {
  const id = chosen;
  const path = `/api/conversations/${encodeURIComponent(id)}/messages?order=newest&limit=${pageSize}`;
  const list = await (await api(path + (page ? `&page=${encodeURIComponent(page)}` : ''))).json();
  if (id !== chosen) return;
  const earlier = list.items.reverse().map((message) => [message.id, message]);
  messages = new Map([...earlier, ...messages]);
  earlierPage = list.next;
  drawThread();
  if (!page) find('messages').scrollTop = find('messages').scrollHeight;
}

async function markRead() {
  if (chosen && conversations.get(chosen)?.unread > 0) await api(`/api/conversations/${encodeURIComponent(chosen)}/read`, { method: 'POST' });
}

async function choose(id) {
  chosen = id;
  messages = new Map();
  earlierPage = null;
  find('desk').classList.toggle('reading', id !== null);
  drawList();
  drawThread();
  if (id === null) return;
  await loadMessages();
  await markRead();
}

// The live feed

function take(name, data) {
  if (name === 'conversation') {
    conversations.set(data.id, data);
    drawList();
    if (data.id === chosen && document.visibilityState === 'visible') markRead().catch(() => {});
  } else if (name === 'message' && data.conversation === chosen) {
    messages.set(data.id, data);
    drawThread();
  }
}

// EventSource cannot send the key, so the stream is read by fetch.
async function follow() {
  stop = new AbortController();
  const path = `/api/live${position ? `?after=${encodeURIComponent(position)}` : ''}`;
  const response = await api(path, { signal: stop.signal });
  show('live');
  let text = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) {
      const fields = Object.fromEntries(
        event.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
      if (fields.id) position = fields.id;
      if (fields.event === 'reset') return begin();
      if (fields.data) take(fields.event, JSON.parse(fields.data));
    }
  }
}

async function begin() {
  await loadList();
  if (chosen) await choose(chosen);
}

function show(state) {
  find('state').dataset.state = state;
  find('state').textContent = { live: 'live', connecting: 'connecting', error: 'no connection' }[state];
}

async function run() {
  find('sign-in').hidden = true;
  find('desk').hidden = false;
  for (;;) {
    try {
      show('connecting');
      if (!position) await begin();
      await follow();
    } catch (error) {
      if (error instanceof Refused) return signOut('This token is not valid.');
      show('error');
      await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
    }
  }
}

function signOut(reason) {
  sessionStorage.removeItem(tokenKey);
  find('desk').hidden = true;
  find('sign-in').hidden = false;
  find('sign-in-error').textContent = reason;
  find('token').focus();
}

find('sign-in').addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(tokenKey, find('token').value.trim());
  find('token').value = '';
  run();
});
find('conversations').addEventListener('click', (event) => {
  const id = event.target.closest('button')?.dataset.id;
  if (id) choose(id).catch(() => show('error'));
});
find('more').addEventListener('click', () => loadList(olderPage).catch(() => show('error')));
find('earlier').addEventListener('click', () => loadMessages(earlierPage).catch(() => show('error')));
find('back').addEventListener('click', () => choose(null));
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') markRead().catch(() => {});
});
setInterval(drawList, 30000);

if (sessionStorage.getItem(tokenKey)) run();
else signOut('');
