import { ref } from 'vue'

/** What is searched for. A name or an ID number is never part of an address of the browser. */
export const searchText = ref('')
