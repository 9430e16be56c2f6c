import { mount } from 'svelte';
import { Dashboard } from './app/dashboard.svelte';
import { loadLanguage, loadTheme, useLanguage, useTheme } from './app/preferences';
import Root from './app/root.svelte';
import { openBrowserSocket } from './connection/browser_socket';
import { sessionApi } from './connection/session';
import './styles/tokens.css';
import './styles/base.css';

useTheme(loadTheme());
useLanguage(loadLanguage());

const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
const dashboard = new Dashboard({
  sessions: sessionApi((path, init) => fetch(path, init)),
  environment: {
    openSocket: () => openBrowserSocket(`${scheme}://${location.host}/ws`),
    now: () => Date.now(),
    random: () => Math.random(),
    clientVersion: __APP_VERSION__,
  },
  reload: () => location.reload(),
});

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no #app');
mount(Root, { target, props: { dashboard } });
void dashboard.start();
