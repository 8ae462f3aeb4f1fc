import account from "./en/account.ts";
import onboarding from "./en/onboarding.ts";
import session from "./en/session.ts";
import ui from "./en/ui.ts";

export default { account, onboarding, session, ui } as const;
