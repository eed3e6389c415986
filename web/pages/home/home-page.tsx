// The way in: whoever is signed in goes to their own page, a stranger to the sign-in page.

import { homeOf, useAccount } from '../../access/account.tsx';
import { Loading } from '../../frame/loading.tsx';

export default function HomePage() {
  const account = useAccount();
  location.replace(account === null ? '/sign-in' : homeOf(account));
  return <Loading />;
}
