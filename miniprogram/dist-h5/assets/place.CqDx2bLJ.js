import{as as e}from"./index-BNFIBm5U.js";function i(){return new Promise(i=>{e({type:"wgs84",success:e=>i(`${e.longitude.toFixed(5)},${e.latitude.toFixed(5)}`),fail:()=>i(void 0)})})}export{i as h};
