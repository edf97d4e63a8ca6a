import {
  createBaseThemeOptions,
  createUnifiedTheme,
  palettes,
  UnifiedTheme,
} from '@backstage/theme';

// Pages of Greenroom take their look from the tokens of @backstage/ui alone. These themes bring the
// upstream pages that are still Material UI to the same surfaces and type: nothing more.

const FONT = 'system-ui, sans-serif';

const typography = {
  htmlFontSize: 16,
  fontFamily: FONT,
  h1: { fontSize: 24, fontWeight: 600, marginBottom: 4 },
  h2: { fontSize: 20, fontWeight: 600, marginBottom: 4 },
  h3: { fontSize: 18, fontWeight: 600, marginBottom: 4 },
  h4: { fontSize: 16, fontWeight: 600, marginBottom: 4 },
  h5: { fontSize: 16, fontWeight: 600, marginBottom: 4 },
  h6: { fontSize: 14, fontWeight: 600, marginBottom: 2 },
};

/** @param surfaces - what --bui-bg-app and --bui-bg-neutral-1 are in this mode */
function plainTheme(
  palette: typeof palettes.light | typeof palettes.dark,
  surfaces: {
    page: string;
    card: string;
    text: string;
    quiet: string;
    edge: string;
    selected: string;
  },
): UnifiedTheme {
  return createUnifiedTheme({
    ...createBaseThemeOptions({
      palette: {
        ...palette,
        background: { default: surfaces.page, paper: surfaces.card },
        text: { secondary: surfaces.quiet },
      },
      fontFamily: FONT,
      typography,
      defaultPageTheme: 'plain',
      pageTheme: {
        plain: {
          colors: [surfaces.card],
          shape: 'none',
          backgroundImage: 'none',
          fontColor: surfaces.text,
        },
      },
    }),
    components: {
      BackstageHeader: {
        styleOverrides: {
          header: {
            backgroundColor: surfaces.card,
            borderBottom: `1px solid ${surfaces.edge}`,
            boxShadow: 'none',
            padding: '12px 20px',
          },
        },
      },
      BackstageSidebarItem: {
        styleOverrides: { selected: { backgroundColor: surfaces.selected } },
      },
      BackstageContent: {
        styleOverrides: { root: { padding: 20 } },
      },
    },
  });
}

export const lightTheme = plainTheme(palettes.light, {
  page: '#f5f5f5',
  card: '#ffffff',
  text: '#000000',
  quiet: '#525252',
  edge: '#e5e5e5',
  selected: '#404040',
});

export const darkTheme = plainTheme(palettes.dark, {
  page: '#333333',
  card: '#424141',
  text: '#ffffff',
  quiet: '#d4d4d4',
  edge: '#5a5a5a',
  selected: '#2b2b2b',
});
