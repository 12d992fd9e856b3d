export { causesOf, isOfNetwork, type Meaning, retryAfterOf, shortened, type Thrown, thrownOf } from './failure.js';
export { type Proxies, passwordsOf, proxiesOf, proxyIn } from './proxies.js';
export { isSecret, safeCause, secretHeaders, withoutSecrets } from './secrets.js';
export { type CallTime, withinTime } from './within-time.js';
