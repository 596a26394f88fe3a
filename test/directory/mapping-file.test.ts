import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readMappingFile } from '../../src/identity/mapping-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'hr-graph-mapping-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, 'mapping');
  writeFileSync(file, text);
  return readMappingFile(file);
}

const rowsOf = (text: string) => read(text).rows.map(({ LUCCA, NAVER, CTRL_HUB }) => [LUCCA, NAVER, CTRL_HUB]);

describe('a mapping file', () => {
  const expected = [
    ['8001', 'N-7001', undefined],
    ['8002', undefined, 'abc'],
  ];

  it.each([
    ['commas', 'lucca,naver,ctrlHub\n8001,N-7001,\n8002,,ABC\n'],
    ['semicolons', 'lucca;naver;ctrlHub\n8001;N-7001;\n8002;;ABC\n'],
    ['a byte order mark', '\ufefflucca,naver,ctrlHub\n8001,N-7001,\n8002,,ABC\n'],
    [
      'the line ends of Windows, blank lines and none at the end',
      'lucca,naver,ctrlHub\r\n\r\n8001,N-7001,\r\n8002,,ABC',
    ],
    ['the columns in another order', 'ctrlHub,lucca,naver\n,8001,N-7001\nABC,8002,\n'],
    ['quotes and spaces around cells', '"lucca", naver ,ctrlHub\n "8001" , N-7001,""\n8002,," ABC "\n'],
    ['empty cells past the header’s or none at all', 'lucca,naver,ctrlHub\n8001,N-7001\n8002,,ABC,,\n'],
    ['JSON', '[{ "lucca": 8001, "naver": "N-7001" }, { "lucca": "8002", "naver": null, "ctrlHub": " ABC" }]'],
    ['JSON with a byte order mark', '\ufeff [{"lucca":"8001","naver":"N-7001"},{"lucca":"8002","ctrlHub":"abc"}]'],
  ])('can have %s', (_, text) => {
    expect(rowsOf(text)).toEqual(expected);
  });

  it('can have quotes, separators and line ends within quotes', () => {
    expect(rowsOf('lucca,naver\n8001,"N ""the"" 1"\n8002,"N,2"\n8003,"N;\n3"\n')).toEqual([
      ['8001', 'N "the" 1', undefined],
      ['8002', 'N,2', undefined],
      ['8003', 'N;\n3', undefined],
    ]);
    expect(rowsOf('lucca;naver\n8001;N,1\n')).toEqual([['8001', 'N,1', undefined]]);
  });

  it('has its keys composed', () => {
    expect(rowsOf('lucca,naver\n8001,cafe\u0301\n')).toEqual([['8001', 'caf\u00e9', undefined]]);
  });

  it('can have a header only', () => {
    expect(rowsOf('lucca,naver\n')).toEqual([]);
    expect(rowsOf('[]')).toEqual([]);
  });

  const secret = 'kim-minsu-77';

  it.each([
    ['a row of one system', `lucca,naver\n8001,N-1\n${secret},\n`, 'row 2: a row links at least two systems'],
    ['a cell too many', `lucca,naver\n8001,N-1,${secret}\n`, 'row 1: expected at most 2 cells, got 3'],
    ['a quote within a cell', `lucca,naver\n8001,N-1\n8002,${secret}"x"\n`, 'row 2: a quote'],
    ['a quote that is not closed', `lucca,naver\n8001,N-1\n8002,"${secret}\n8003,N-3\n`, 'row 2: a quote'],
    ['text behind a quote', `lucca,naver\n8001,"${secret}"x\n`, 'row 1: a quote'],
    ['no header', `8001,${secret}\n8002,N-2\n`, 'the first line is no header of lucca, naver, ctrlHub'],
    ['nothing', '', 'the first line is no header of lucca, naver, ctrlHub'],
    ['an unknown column', `lucca,${secret}\n8001,N-1\n`, 'column 2 of the header is unknown or repeated'],
    ['a column again', `lucca,naver,lucca\n8001,N-1,${secret}\n`, 'column 3 of the header is unknown or repeated'],
    [
      'an identifier again',
      `lucca,naver\n8001,${secret}\n8002,N-2\n8003,${secret}\n`,
      'rows 1 and 3 name the same NAVER',
    ],
    [
      'one again in another case',
      `lucca,ctrlHub\n1,${secret}\n2,${secret.toUpperCase()}\n`,
      'rows 1 and 2 name the same',
    ],
    ['broken JSON', `[{ "lucca": "${secret}", }]`, 'the file begins like JSON, but is none'],
    ['an unknown member', `[{ "lucca": "8001", "naver": "N-1", "${secret}": "x" }]`, 'row 1: expected lucca, naver'],
    ['something else than an object', `["${secret}"]`, 'row 1: expected lucca, naver, ctrlHub with identifiers'],
  ])('that has %s is refused, by row and never by value', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).not.toThrow(new RegExp(secret, 'i'));
  });
});
