/** The settings are invalid, so the process cannot start. `message` has one line for each problem, and no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems].join('\n'));
    this.problems = problems;
  }
}
