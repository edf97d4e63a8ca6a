import { readEvent } from './events';

// Recorded from Terraform 1.11.4 and OpenTofu 1.12.6, shortened.
const VERSION =
  '{"@level":"info","@message":"OpenTofu 1.12.6","@module":"tofu.ui","@timestamp":"2026-11-21T09:30:08.627428Z","tofu":"1.12.6","type":"version","ui":"1.2"}';
const PLANNED =
  '{"@level":"info","@message":"terraform_data.a: Plan to create","@module":"terraform.ui","change":{"resource":{"addr":"terraform_data.a","module":"","resource":"terraform_data.a","implied_provider":"terraform","resource_type":"terraform_data","resource_name":"a","resource_key":null},"action":"create"},"type":"planned_change"}';
const COMPLETE =
  '{"@level":"info","@message":"local_file.note: Destruction complete after 0s","@module":"terraform.ui","hook":{"resource":{"addr":"local_file.note","resource_type":"local_file"},"action":"delete","elapsed_seconds":0},"type":"apply_complete"}';
const SUMMARY =
  '{"@level":"info","@message":"Plan: 3 to add, 0 to change, 0 to destroy.","@module":"terraform.ui","changes":{"add":3,"change":0,"import":0,"remove":0,"operation":"plan"},"type":"change_summary"}';
const WARNING =
  '{"@level":"warn","@message":"Warning: Value for undeclared variable","@module":"terraform.ui","diagnostic":{"severity":"warning","summary":"Value for undeclared variable","detail":"The root module does not declare…"},"type":"diagnostic"}';
const INIT =
  '{"@level":"info","@message":"Initializing the backend...","@module":"terraform.ui","message_code":"initializing_backend_message","type":"init_output"}';
const REFRESH =
  '{"@level":"info","@message":"terraform_data.a: Refreshing state... [id=2091f9b6]","@module":"terraform.ui","hook":{"resource":{"addr":"terraform_data.a"}},"type":"refresh_start"}';

describe('readEvent', () => {
  it('reads what is planned, done and summed up', () => {
    expect(readEvent(PLANNED)).toMatchObject({
      type: 'planned_change',
      level: 'info',
      message: 'terraform_data.a: Plan to create',
      change: { action: 'create', resource: { addr: 'terraform_data.a' } },
    });
    expect(readEvent(COMPLETE)).toMatchObject({
      type: 'apply_complete',
      hook: { action: 'delete', resource: { resource_type: 'local_file' } },
    });
    expect(readEvent(SUMMARY)).toMatchObject({
      type: 'change_summary',
      changes: { add: 3, change: 0, remove: 0 },
    });
  });

  it('reads diagnostics with their level', () => {
    expect(readEvent(WARNING)).toMatchObject({
      type: 'diagnostic',
      level: 'warning',
      diagnostic: { summary: 'Value for undeclared variable' },
    });
  });

  it('keeps which sentence of an init it is', () => {
    expect(readEvent(INIT)).toMatchObject({
      type: 'init_output',
      code: 'initializing_backend_message',
    });
  });

  it('takes kinds that nobody asks for as log lines', () => {
    expect(readEvent(VERSION)).toMatchObject({ type: 'version' });
    expect(readEvent(REFRESH)).toEqual({
      type: 'log',
      level: 'info',
      message: 'terraform_data.a: Refreshing state... [id=2091f9b6]',
    });
  });

  it('takes what is no JSON as text, without its colours', () => {
    expect(
      readEvent(
        '\u001b[0m\u001b[32mSuccessfully configured the backend\u001b[0m',
      ),
    ).toEqual({
      type: 'text',
      level: 'info',
      message: 'Successfully configured the backend',
    });
    expect(readEvent('{"cut off')).toMatchObject({ type: 'text' });
    expect(readEvent('  ')).toBeUndefined();
  });
});
