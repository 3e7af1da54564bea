import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/spotlight/styles.css';
import './tokens.css';
import './base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { followChanges } from './query.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root');
followChanges();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
