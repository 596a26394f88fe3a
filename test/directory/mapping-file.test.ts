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
    ['tabs', 'lucca\tnaver\tctrlHub\n8001\tN-7001\t\n8002\t\tABC\n'],
    ['names of columns in any case', 'LUCCA,Naver,Ctrl Hub\n8001,N-7001,\n8002,,ABC\n'],
    ['names of columns as the report spells them', 'CTRL_HUB;LUCCA;NAVER\n;8001;N-7001\nABC;8002;\n'],
    [
      'columns of others, which may repeat and hold what separates in other files',
      'note,lucca,score,naver,note,ctrlHub\n"a; b",8001,0.9,N-7001,"c\td",\n,8002,,,"e\nf",ABC\n',
    ],
    ['a column that has no name', 'lucca,,naver,ctrlHub\n8001,x,N-7001,\n8002,y,,ABC\n'],
    ['rows without any identifier', 'lucca,naver,ctrlHub,note\n,,,to do\n8001,N-7001,,\n,,,\n8002,,ABC,\n'],
    [
      'JSON with members of others, in any case',
      '[{"Lucca":8001,"NAVER":"N-7001","by":"x"},{"lucca":8002,"ctrl_hub":"ABC"}]',
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

  it('is read without the apostrophe before what a spreadsheet would take for a formula', () => {
    expect(rowsOf("lucca,naver\n8001,'-7\n8002,'7\n")).toEqual([
      ['8001', '-7', undefined],
      ['8002', "'7", undefined],
    ]);
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
    [
      'a row of one system',
      `lucca,naver\n8001,N-1\n${secret},\n`,
      'row 3: names LUCCA alone: a row links at least two systems',
    ],
    ['a cell too many', `lucca,naver\n8001,N-1,${secret}\n`, 'row 2: expected at most 2 cells as in the header, got 3'],
    ['a quote within a cell', `lucca,naver\n8001,N-1\n8002,${secret}"x"\n`, 'row 3: a quote'],
    ['a quote that is not closed', `lucca,naver\n8001,N-1\n8002,"${secret}\n8003,N-3\n`, 'row 3: a quote'],
    ['text behind a quote', `lucca,naver\n8001,"${secret}"x\n`, 'row 2: a quote'],
    ['no header', `8001,${secret}\n8002,N-2\n`, 'row 1: expected a header with two or more of lucca, naver, ctrlHub'],
    ['nothing', '', 'row 1: expected a header with two or more of lucca, naver, ctrlHub'],
    ['one column of ours', `\nlucca,${secret}\n8001,N-1\n`, 'row 2: expected a header with two or more of lucca'],
    [
      'a column again',
      `lucca,naver,LUCCA\n8001,N-1,${secret}\n`,
      'row 1: column 3 is named lucca as well as an earlier',
    ],
    ['a number that was rounded', `lucca,naver\n1.2E+15,${secret}\n`, 'row 2: lucca was rounded, or not found, by a'],
    ['a formula that found nothing', `naver,lucca\n${secret},#N/A\n`, 'row 2: lucca was rounded, or not found, by a'],
    [
      'several faults, some below blank lines and cells of two lines',
      `lucca,naver\n\n${secret},\n1,"N\n1"\n2,N-2,x\n1,N-3\n`,
      'row 3: names LUCCA alone: a row links at least two systems; and 2 more',
    ],
    [
      'an identifier again',
      `lucca,naver\n8001,${secret}\n8002,N-2\n8003,${secret}\n`,
      'row 4: names the same NAVER identifier as 2',
    ],
    [
      'one again in another case',
      `lucca,ctrlHub\n1,${secret}\n2,${secret.toUpperCase()}\n`,
      'row 3: names the same CTRL_HUB identifier as 2',
    ],
    ['broken JSON', `[{ "lucca": "${secret}", }]`, 'the file begins like JSON, but is none'],
    [
      'a list for an identifier',
      `[{ "lucca": "8001", "naver": ["${secret}"] }]`,
      'item 1: expected an identifier in naver',
    ],
    ['something else than an object', `["${secret}"]`, 'item 1: expected an object with lucca, naver, ctrlHub'],
  ])('that has %s is refused, by row and never by value', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).not.toThrow(new RegExp(secret, 'i'));
  });
});
