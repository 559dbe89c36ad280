export { DeliveryService, deliveryServiceOf, WEEKDAYS } from './delivery-service.ts'
export { Line, Lines, Team } from './lines.ts'
export { legalNameOf, lineOf, staffOf } from './lookup.ts'
export { readLines } from './read-lines.ts'
