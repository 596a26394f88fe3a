import { render } from 'preact';
import { App } from './app.tsx';
import { followHistory } from './routing/place.ts';

followHistory();
render(<App />, document.body);
