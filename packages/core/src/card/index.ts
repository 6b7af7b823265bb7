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
export { type KeyHolder, type KeyWords, keyWords, parseKeyWords } from "./key-words.ts"
export {
  isShortInvitation,
  joinShortInvitation,
  parseShortInvitation,
  type ShortInvitation,
  shortenInvitation,
} from "./short.ts"
