export * from './account-copies.ts'
export * from './copy-age.ts'
export * from './menu-copy.ts'
export * from './parcel-copies.ts'
