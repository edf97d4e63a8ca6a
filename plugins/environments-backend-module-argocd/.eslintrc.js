module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Makes suites for the tests of other files.
      files: ['src/testing/*.ts'],
      rules: {
        'jest/no-export': 'off',
        'jest/expect-expect': 'off',
        'jest/no-disabled-tests': 'off',
        'jest/no-standalone-expect': 'off',
      },
    },
  ],
});
