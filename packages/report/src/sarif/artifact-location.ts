import type { ArtifactLocation } from 'sarif';
import { visible } from '../text/visible.js';

const encoded = (path: string): string => visible(path).split('/').map(encodeURIComponent).join('/');

/**
 * Where a file is, as SARIF wants it: relative to the root of the sources, forward slashes, percent-encoded. Absolute
 * paths become `file:` URIs, drive letters included.
 */
export const artifactLocation = (file: string): ArtifactLocation => {
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
  const drive = /^([A-Za-z]:)(\/.*)$/.exec(path);
  if (drive) return { uri: `file:///${drive[1]}${encoded(drive[2] ?? '')}` };
  return path.startsWith('/') ? { uri: `file://${encoded(path)}` } : { uri: encoded(path), uriBaseId: '%SRCROOT%' };
};
