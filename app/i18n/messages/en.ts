import account from "./en/account.ts";
import onboarding from "./en/onboarding.ts";
import ui from "./en/ui.ts";

export default { account, onboarding, ui } as const;
