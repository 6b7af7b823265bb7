export {
  type Card,
  type IntakeTerm,
  MAX_CARD_LENGTH,
  openCard,
  RECIPIENT_BYTES,
  recipientOn,
  signCard,
} from "./card.ts"
export { CardError, type CardErrorCode } from "./card-error.ts"
export { formatInvitation, INVITATION_DAYS, type Invitation, openInvitation } from "./invitation.ts"
export { cardFromBytes, cardToBytes, invitationFromBytes, invitationToBytes } from "./raw.ts"
