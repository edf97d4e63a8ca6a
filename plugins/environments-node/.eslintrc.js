module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // A suite that the packages of drivers run.
      files: ['src/contract-kit/contract/*.ts'],
      rules: { 'jest/no-export': 'off' },
    },
  ],
});
