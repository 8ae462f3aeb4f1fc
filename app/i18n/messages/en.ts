import account from "./en/account.ts";
import onboarding from "./en/onboarding.ts";
import session from "./en/session.ts";
import turn from "./en/turn.ts";
import ui from "./en/ui.ts";

export default { account, onboarding, session, turn, ui } as const;
