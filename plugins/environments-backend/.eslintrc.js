module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // What tests share; none of it is in the package that is published.
      files: ['src/testing/**', 'src/**/testing.ts'],
      rules: {
        'no-restricted-syntax': 'off',
        '@backstage/no-undeclared-imports': 'off',
      },
    },
    {
      // Expectations of supertest, and of helpers that are named so.
      files: ['src/**/*.test.ts'],
      rules: {
        'jest/expect-expect': [
          'warn',
          { assertFunctionNames: ['expect*', '**.expect', 'read', 'lock'] },
        ],
      },
    },
  ],
});
