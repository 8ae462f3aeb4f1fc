import account from "./es/account.ts";
import onboarding from "./es/onboarding.ts";
import session from "./es/session.ts";
import turn from "./es/turn.ts";
import ui from "./es/ui.ts";

export default { account, onboarding, session, turn, ui } as const;
