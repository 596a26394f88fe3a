import { GradesPage } from './grades/grades-page.tsx';
import { Announcer } from './parts/announcer.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { PersonPage } from './person/person-page.tsx';
import { useArrival } from './routing/arrival.ts';
import { Link } from './routing/link.tsx';
import { place } from './routing/place.ts';
import { UnmatchedPage } from './unmatched/unmatched-page.tsx';

const pages = [
  { href: '/', label: 'People' },
  { href: '/grades', label: 'Grades' },
  { href: '/unmatched', label: 'Unmatched' },
];

export function App() {
  const { path } = place.value;
  const isCurrent = (href: string) => href === path || (href === '/' && path.startsWith('/people/'));
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="top">
        <Link href="/" class="brand" aria-label="Directory, to the people">
          <span class="mark" aria-hidden="true" />
          Directory
        </Link>
        <nav class="tabs" aria-label="Pages">
          {pages.map(({ href, label }) => (
            <Link key={href} href={href} aria-current={isCurrent(href) ? 'page' : undefined}>
              {label}
            </Link>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <Page path={path} />
      </main>
      <Announcer />
    </>
  );
}

function Page({ path }: { path: string }) {
  const [, id] = /^\/people\/([^/]+)$/.exec(path) ?? [];
  if (id !== undefined) return <PersonPage key={id} id={id} />;
  if (path === '/') return <PeoplePage />;
  if (path === '/grades') return <GradesPage />;
  if (path === '/unmatched') return <UnmatchedPage />;
  return <NoPage />;
}

function NoPage() {
  const heading = useArrival('No such page', true);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        There is no such page
      </h1>
      <p>
        <Link href="/">All people</Link>
      </p>
    </>
  );
}
