import { describeEachTool } from '@greenroom/plugin-terraform-node/testing';
import { runCommand } from '../../__testUtils__/commands';
import { useFolders } from '../__testUtils__/folders';

jest.setTimeout(120_000);

describeEachTool('blueprint lint --validate', tool => {
  const folders = useFolders();
  const env = {
    GREENROOM_TERRAFORM: tool.path,
    GREENROOM_PROVIDER_MIRROR: tool.mirror,
  };
  const lint = (folder: string) =>
    runCommand(env, 'blueprint', 'lint', '--validate', folder);

  it('lets the tool read the modules', async () => {
    const { code, out } = await lint(await folders.starter());
    expect(out).toMatch(/is right\.$/m);
    expect(out).not.toContain('not checked');
    expect(code).toBe(0);
  });

  it("tells the tool's own findings at their lines", async () => {
    const { code, out } = await lint(
      await folders.starter(['module/main.tf', 'var.loud ?', 'var.quiet ?']),
    );
    expect(out).toMatch(/module\/main\.tf:17:\d+: terraform\.\S+: .*\n {2}→ /);
    expect(code).toBe(1);
  });
});
